package paraph.conformance;

import eu.europa.esig.dss.diagnostic.AbstractSignatureWrapper;
import eu.europa.esig.dss.diagnostic.DiagnosticData;
import eu.europa.esig.dss.diagnostic.PDFRevisionWrapper;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.TimestampWrapper;
import eu.europa.esig.dss.diagnostic.jaxb.XmlObjectModification;
import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.pdf.modifications.DefaultPdfDifferencesFinder;
import eu.europa.esig.dss.pdf.pdfbox.PdfBoxNativeObjectFactory;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The European Commission's Digital Signature Service, with its default policy, offline. */
final class Dss {
    private Dss() {}

    static Object judge(Judges.Case asked) throws Exception {
        Map<String, Object> byMoment = new LinkedHashMap<>();
        for (String moment : asked.moments()) {
            byMoment.put(moment, at(asked, Date.from(Instant.parse(moment))));
        }
        return byMoment;
    }

    private static Object at(Judges.Case asked, Date moment) throws Exception {
        // Nothing is fetched: no source of certificates, lists or status answers is set.
        CommonCertificateVerifier verifier = new CommonCertificateVerifier(true);
        verifier.setTrustedCertSources(trusted(asked.trust()));
        PDFDocumentValidator validator =
                new PDFDocumentValidator(new FileDocument(new File(asked.path())));
        validator.setPdfObjFactory(reading());
        validator.setCertificateVerifier(verifier);
        validator.setValidationTime(moment);
        Reports reports = validator.validateDocument();
        return told(reports.getDiagnosticData(), reports.getSimpleReport());
    }

    /** Stamps change how a page looks, and may: only objects and pages are compared. */
    private static PdfBoxNativeObjectFactory reading() {
        DefaultPdfDifferencesFinder finder = new DefaultPdfDifferencesFinder();
        finder.setMaximalPagesAmountForVisualComparison(0);
        PdfBoxNativeObjectFactory factory = new PdfBoxNativeObjectFactory();
        factory.setPdfDifferencesFinder(finder);
        return factory;
    }

    private static CommonTrustedCertificateSource trusted(List<String> paths) throws Exception {
        CommonTrustedCertificateSource source = new CommonTrustedCertificateSource();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (String path : paths) {
            byte[] written = Files.readAllBytes(Path.of(path));
            for (Certificate one :
                    factory.generateCertificates(new ByteArrayInputStream(written))) {
                source.addCertificate(new CertificateToken((X509Certificate) one));
            }
        }
        return source;
    }

    private static Map<String, Object> told(DiagnosticData seen, SimpleReport report) {
        Map<String, Object> all = new LinkedHashMap<>();
        List<Object> signatures = new ArrayList<>();
        Map<String, String> stamped = new HashMap<>();
        for (SignatureWrapper one : seen.getSignatures()) {
            signatures.add(signature(one, report));
            for (TimestampWrapper stamp : one.getTLevelTimestamps()) {
                stamped.putIfAbsent(stamp.getId(), one.getFirstFieldName());
            }
        }
        List<Object> stamps = new ArrayList<>();
        for (TimestampWrapper one : seen.getTimestampList()) {
            Map<String, Object> stamp = common(one.getId(), report);
            stamp.put("type", String.valueOf(one.getType()));
            stamp.put("field", stamped.get(one.getId()));
            stamp.put("intact", one.isMessageImprintDataIntact() && one.isSignatureValid());
            revision(stamp, one, one.getPDFRevision());
            stamps.add(stamp);
        }
        all.put("signatures", signatures);
        all.put("stamps", stamps);
        return all;
    }

    private static Map<String, Object> signature(SignatureWrapper one, SimpleReport report) {
        Map<String, Object> said = common(one.getId(), report);
        said.put("signer", report.getSignedBy(one.getId()));
        said.put("level", String.valueOf(one.getSignatureFormat()));
        said.put("intact", one.isSignatureIntact() && one.isSignatureValid());
        revision(said, one, one.getPDFRevision());
        return said;
    }

    private static Map<String, Object> common(String id, SimpleReport report) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("indication", String.valueOf(report.getIndication(id)));
        said.put("subIndication", String.valueOf(report.getSubIndication(id)));
        said.put("errors", words(report.getAdESValidationErrors(id)));
        said.put("warnings", words(report.getAdESValidationWarnings(id)));
        return said;
    }

    /** What DSS finds changed after the revision that a signature covers. */
    private static void revision(
            Map<String, Object> said, AbstractSignatureWrapper one, PDFRevisionWrapper revision) {
        if (revision == null) {
            return;
        }
        said.put("field", revision.getFirstFieldName());
        said.put("undefinedChanges", changes(revision.getPdfUndefinedChanges()));
        said.put("annotationChanges", changes(revision.getPdfAnnotationChanges()));
        said.put("pagesOverlapping", revision.getPdfAnnotationsOverlapConcernedPages());
        said.put("pagesAddedOrGone", revision.getPdfPageDifferenceConcernedPages());
    }

    private static List<String> changes(List<XmlObjectModification> found) {
        return found.stream().map(one -> one.getAction() + " " + one.getValue()).toList();
    }

    private static List<String> words(List<Message> messages) {
        return messages.stream().map(Message::getValue).toList();
    }
}
