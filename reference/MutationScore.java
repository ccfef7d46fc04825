import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads PIT's reports and prints the score of each class as a row of Markdown, backward and forward apart, then the mutants of
 * backward methods that survived. Fails if fewer than 90 % of the latter were detected.
 *
 * <pre>java reference/MutationScore.java nn-check/target/pit-reports/mutations.xml nn-layers/target/pit-reports/mutations.xml</pre>
 */
final class MutationScore {

    private static final double FLOOR = 0.90;

    /** Methods by whose names one tells that backward uses them and forward does not. A method's lambdas count as its own. */
    private static final Pattern BACKWARD = Pattern.compile("(lambda\\$)?(backward|stepBack|outputBackward|cellBackward"
            + "|gradient|gradientOfRow|exactGradient|approximateGradient|slope|mask|scatter|spread|addRow|dots|combine|add"
            + "|addWeightGradient|columnsGradient|fold|valueAndGradient)(\\$\\d+)?");

    /** What no gradient depends on: texts, options, refusals, and what a layer says of itself. */
    private static final Pattern OUTSIDE = Pattern.compile(
            "(lambda\\$)?(<init>|toString|describe|both|unless|with.*|require.*|check.*|notAnIndex|output|couplesExamples"
                    + "|coupleExamples|of|refuse|impossibleTarget|takesWeights)(\\$\\d+)?");

    private record Mutant(String type, String method, String line, String what, boolean detected) {

        /** A loss computes its value and its gradient in one loop: all of it counts. */
        boolean isBackward() {
            return type.contains(".loss.") || BACKWARD.matcher(method).matches();
        }

        boolean isOutside() {
            return OUTSIDE.matcher(method).matches();
        }

        String name() {
            return type.substring(type.lastIndexOf('.') + 1);
        }

        @Override
        public String toString() {
            return (isBackward() ? "backward " : "forward  ") + name() + "." + method + ", line " + line + ": " + what;
        }
    }

    private static final class Score {
        private int mutants;
        private int detected;

        void count(Mutant mutant) {
            mutants++;
            detected += mutant.detected() ? 1 : 0;
        }

        double share() {
            return mutants == 0 ? 1 : (double) detected / mutants;
        }

        @Override
        public String toString() {
            return mutants == 0 ? "" : String.format(Locale.ROOT, "%d of %d, %.0f %%", detected, mutants, 100 * share());
        }
    }

    private MutationScore() {}

    public static void main(String[] reports) throws Exception {
        List<Mutant> mutants = new ArrayList<>();
        for (String report : reports) {
            mutants.addAll(read(new File(report)));
        }
        mutants.removeIf(Mutant::isOutside);
        Map<String, Score> backward = new TreeMap<>();
        Map<String, Score> forward = new TreeMap<>();
        Score allBackward = new Score();
        Score allForward = new Score();
        for (Mutant mutant : mutants) {
            backward.computeIfAbsent(mutant.name(), name -> new Score());
            forward.computeIfAbsent(mutant.name(), name -> new Score());
            (mutant.isBackward() ? backward : forward).get(mutant.name()).count(mutant);
            (mutant.isBackward() ? allBackward : allForward).count(mutant);
        }
        System.out.println("| Class | Backward | Forward |\n|---|---|---|");
        backward.forEach((name, score) ->
                System.out.println("| `" + name + "` | " + score + " | " + forward.get(name) + " |"));
        System.out.println("| All | " + allBackward + " | " + allForward + " |\n\nSurvivors:");
        mutants.stream()
                .filter(mutant -> !mutant.detected())
                .map(Mutant::toString)
                .sorted()
                .forEach(System.out::println);
        if (allBackward.share() < FLOOR) {
            System.err.printf(
                    Locale.ROOT,
                    "%.1f %% of the mutants of backward methods were detected%n  expected at least %.0f %%%n"
                            + "  fix: a check for one of those above, or its reason in docs/mutation.md%n",
                    100 * allBackward.share(),
                    100 * FLOOR);
            System.exit(1);
        }
    }

    private static List<Mutant> read(File report) throws Exception {
        NodeList nodes = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report)
                .getElementsByTagName("mutation");
        List<Mutant> mutants = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            Element mutation = (Element) nodes.item(i);
            mutants.add(new Mutant(
                    text(mutation, "mutatedClass"),
                    text(mutation, "mutatedMethod"),
                    text(mutation, "lineNumber"),
                    text(mutation, "description") + ", " + mutation.getAttribute("status"),
                    Boolean.parseBoolean(mutation.getAttribute("detected"))));
        }
        return mutants;
    }

    private static String text(Element mutation, String name) {
        return mutation.getElementsByTagName(name).item(0).getTextContent();
    }
}
