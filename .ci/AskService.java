import io.jacobi.nn.inference.Predictor;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.io.ModelFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/** Asks the service of nn-examples/embedding and compares its answers with those of the same file in this process, to the bit. */
class AskService {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    public static void main(String[] args) throws Exception {
        Sequential model = ModelFile.load(Path.of(args[0])).model();
        URI service = URI.create(args[1]);
        int elements = (int) model.inputShape().size();
        try (Predictor here = Predictor.of(model)) {
            for (int n : new int[] {1, 2, 300}) {
                float[][] examples = examples(n, elements);
                HttpResponse<String> there = ask(service, text(examples));
                require(there.statusCode() == 200, there);
                require(there.body().equals(text(here.predict(examples))), there);
            }
            refuses(service, "NaN" + ",0".repeat(elements - 1), "element 0 is NaN");
            refuses(service, "0" + ",0".repeat(elements), (elements + 1) + " values");
            refuses(service, "zero" + ",0".repeat(elements - 1), "zero");
            float[][] again = examples(1, elements);
            require(ask(service, text(again)).body().equals(text(here.predict(again))), "the answer after bad requests");
            requireFast(service, here, again[0]);
        }
        System.out.println("answers of " + service + " are those of " + args[0]);
    }

    /**
     * A request may take 300 times as long as the prediction alone, by the medians of both: it takes 10 to 30 times as
     * long, and 1,500 times if the answer waits in TCP for 40 ms.
     */
    private static void requireFast(URI service, Predictor here, float[] example) throws Exception {
        String body = text(new float[][] {example});
        here.warmUp();
        double bare = medianMillis(() -> here.predict(example));
        double request = medianMillis(() -> ask(service, body));
        System.out.printf(Locale.ROOT, "a request takes %.2f ms, its prediction %.3f ms%n", request, bare);
        require(request < 300 * bare, "a request takes " + request + " ms, and its prediction " + bare + " ms");
    }

    private interface Call {
        Object make() throws Exception;
    }

    private static double medianMillis(Call call) throws Exception {
        double[] millis = new double[201];
        for (int i = 0; i < millis.length; i++) {
            long start = System.nanoTime();
            call.make();
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        return millis[millis.length / 2];
    }

    private static float[][] examples(int n, int elements) {
        SplittableRandom random = new SplittableRandom(n);
        float[][] examples = new float[n][elements];
        for (float[] example : examples) {
            for (int i = 0; i < elements; i++) {
                example[i] = (float) random.nextDouble();
            }
        }
        return examples;
    }

    private static String text(float[][] rows) {
        StringBuilder lines = new StringBuilder();
        for (float[] row : rows) {
            lines.append(Arrays.toString(row).replaceAll("[\\[\\] ]", "")).append('\n');
        }
        return lines.toString();
    }

    private static HttpResponse<String> ask(URI service, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void refuses(URI service, String body, String why) throws Exception {
        HttpResponse<String> answer = ask(service, body);
        require(answer.statusCode() == 400 && answer.body().contains(why), answer + "\n" + answer.body());
    }

    private static void require(boolean holds, Object received) {
        if (!holds) {
            throw new IllegalStateException("not the answer that was expected: " + received);
        }
    }
}
