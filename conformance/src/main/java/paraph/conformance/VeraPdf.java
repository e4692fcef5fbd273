package paraph.conformance;

import java.io.FileInputStream;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** veraPDF: whether a file keeps a profile (ua1: PDF/UA-1, 2b: PDF/A-2b, …), and why not. */
final class VeraPdf {
    static {
        VeraGreenfieldFoundryProvider.initialise();
    }

    private VeraPdf() {}

    static Object judge(Judges.Case asked) throws Exception {
        Map<String, Object> byProfile = new LinkedHashMap<>();
        for (String profile : asked.profiles()) {
            byProfile.put(profile, problems(asked.path(), PDFAFlavour.fromString(profile)));
        }
        return byProfile;
    }

    /** The rules that are broken, with how often; none means that the profile is kept. */
    private static Map<String, Integer> problems(String path, PDFAFlavour flavour)
            throws Exception {
        Map<String, Integer> found = new TreeMap<>();
        try (InputStream file = new FileInputStream(path);
                PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause() + ": " + assertion.getMessage();
                    found.merge(rule, 1, Integer::sum);
                }
            }
            if (!result.isCompliant() && found.isEmpty()) {
                found.put("not compliant", 1);
            }
        }
        return found;
    }
}
