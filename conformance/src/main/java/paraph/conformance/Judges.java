package paraph.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one case a line (JSON), has every judge look at it, and prints one verdict a line. */
public final class Judges {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A judge's opinion of one file; whatever it throws is an opinion too. */
    private interface Judge {
        Object judge(Case asked) throws Exception;
    }

    private static final Map<String, Judge> JUDGES = new LinkedHashMap<>();

    static {
        JUDGES.put("dss", Dss::judge);
        JUDGES.put("pdfbox", PdfBox::judge);
        JUDGES.put("verapdf", VeraPdf::judge);
    }

    /** One file: what is trusted, at which moments it is judged, which profiles it claims. */
    record Case(String path, List<String> trust, List<String> moments, List<String> profiles) {}

    private Judges() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // no library may speak between the verdicts
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<String> lines = in.lines().toList();
        lines.parallelStream().forEach(line -> judge(line, out));
    }

    /** Has everybody look at one file; the lines of one judge are never mixed up. */
    private static void judge(String line, PrintStream out) {
        Case asked = read(line);
        for (Map.Entry<String, Judge> judge : JUDGES.entrySet()) {
            String written = write(opinion(asked, judge));
            synchronized (out) {
                out.println(written);
            }
        }
    }

    private static Case read(String line) {
        try {
            return JSON.readValue(line, Case.class);
        } catch (JsonProcessingException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String write(Object said) {
        try {
            return JSON.writeValueAsString(said);
        } catch (JsonProcessingException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Map<String, Object> opinion(Case asked, Map.Entry<String, Judge> judge) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("path", asked.path());
        said.put("judge", judge.getKey());
        try {
            said.put("opinion", judge.getValue().judge(asked));
        } catch (Exception | StackOverflowError refusal) {
            said.put("refused", refusal.toString());
        }
        return said;
    }
}
