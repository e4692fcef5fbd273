package paraph.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSObject;
import org.apache.pdfbox.cos.COSObjectKey;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdfparser.PDFParser;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDField;
import org.apache.pdfbox.pdmodel.interactive.form.PDSignatureField;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;

/** Apache PDFBox without leniency: every object by the file's own tables, every signature. */
final class PdfBox {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final JcaPEMKeyConverter KEYS = new JcaPEMKeyConverter().setProvider(PROVIDER);

    private PdfBox() {}

    static Object judge(Judges.Case asked) throws Exception {
        byte[] file = Files.readAllBytes(Path.of(asked.path()));
        PDFParser parser = new PDFParser(new RandomAccessReadBuffer(file));
        try (PDDocument document = parser.parse(false)) {
            Map<String, Object> said = new LinkedHashMap<>();
            said.put("pages", document.getNumberOfPages());
            said.put("objects", readEveryObject(document));
            said.put("values", values(document));
            List<Object> signatures = new ArrayList<>();
            for (PDSignatureField field : document.getSignatureFields()) {
                if (field.getSignature() != null) {
                    signatures.add(signature(field, file));
                }
            }
            said.put("signatures", signatures);
            return said;
        }
    }

    /** An object that cannot be read where the table says it lies raises. */
    private static int readEveryObject(PDDocument document) {
        int count = 0;
        for (COSObjectKey key : document.getDocument().getXrefTable().keySet()) {
            COSObject entry = document.getDocument().getObjectFromPool(key);
            if (entry.getObject() == null) {
                throw new IllegalStateException("There is no object " + key + ".");
            }
            count++;
        }
        return count;
    }

    private static Map<String, String> values(PDDocument document) {
        Map<String, String> values = new LinkedHashMap<>();
        PDAcroForm form = document.getDocumentCatalog().getAcroForm(null);
        if (form != null) {
            for (PDField field : form.getFieldTree()) {
                if (!(field instanceof PDSignatureField)) {
                    values.put(field.getFullyQualifiedName(), field.getValueAsString());
                }
            }
        }
        return values;
    }

    private static Map<String, Object> signature(PDSignatureField field, byte[] file)
            throws Exception {
        PDSignature signature = field.getSignature();
        byte[] contents = signature.getContents(file);
        byte[] covered = signature.getSignedContent(file);
        int[] range = signature.getByteRange();
        boolean isStamp = "ETSI.RFC3161".equals(signature.getSubFilter());
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("field", field.getFullyQualifiedName());
        said.put("subFilter", signature.getSubFilter());
        said.put("intact", isStamp ? stamps(contents, covered) : signs(contents, covered));
        said.put("end", range[2] + range[3]);
        said.put("oneGap", range[0] == 0 && isTheGap(file, range, signature.getContents()));
        return said;
    }

    /** The gap is the hexadecimal string of the contents and nothing else. */
    private static boolean isTheGap(byte[] file, int[] range, byte[] contents) {
        int end = range[2];
        return file[range[1]] == '<'
                && file[end - 1] == '>'
                && end - range[1] == 2 * contents.length + 2;
    }

    private static boolean signs(byte[] contents, byte[] covered) throws Exception {
        CMSSignedData data = new CMSSignedData(new CMSProcessableByteArray(covered), contents);
        return data.getSignerInfos().size() == 1 && verifies(data);
    }

    private static boolean stamps(byte[] contents, byte[] covered) throws Exception {
        CMSSignedData data = new CMSSignedData(contents);
        return verifies(data) && imprint(data, covered);
    }

    private static boolean imprint(CMSSignedData data, byte[] covered)
            throws TSPException, IOException, CMSException, java.security.GeneralSecurityException {
        TimeStampToken token = new TimeStampToken(data);
        String algorithm = token.getTimeStampInfo().getMessageImprintAlgOID().getId();
        byte[] digest = MessageDigest.getInstance(algorithm, PROVIDER).digest(covered);
        return MessageDigest.isEqual(
                digest, token.getTimeStampInfo().getMessageImprintDigest());
    }

    private static boolean verifies(CMSSignedData data) throws Exception {
        for (SignerInformation signer : data.getSignerInfos()) {
            X509CertificateHolder holder = signerOf(data, signer);
            // With the bare key: whether the certificate still holds is for others to judge.
            PublicKey key = KEYS.getPublicKey(holder.getSubjectPublicKeyInfo());
            if (!signer.verify(
                    new JcaSimpleSignerInfoVerifierBuilder().setProvider(PROVIDER).build(key))) {
                return false;
            }
        }
        return true;
    }

    private static X509CertificateHolder signerOf(CMSSignedData data, SignerInformation signer) {
        for (X509CertificateHolder holder : data.getCertificates().getMatches(null)) {
            if (signer.getSID().match(holder)) {
                return holder;
            }
        }
        throw new IllegalStateException("The signer's certificate is missing.");
    }
}
