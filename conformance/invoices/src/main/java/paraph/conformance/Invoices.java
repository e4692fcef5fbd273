package paraph.conformance;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.mustangproject.validator.ZUGFeRDValidator;

/** Has Mustang judge each invoice whose path is read; one line of its report answers each. */
public final class Invoices {
    private Invoices() {}

    public static void main(String[] arguments) throws Exception {
        var paths = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String path = paths.readLine(); path != null; path = paths.readLine()) {
            String report = new ZUGFeRDValidator().validate(path);
            System.out.println(path + "\t" + report.replaceAll("\\s+", " "));
        }
        System.exit(0);
    }
}
