package example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jacobi.nn.inference.Predictor;
import io.jacobi.nn.io.ModelFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Serves predictions of a stored model over HTTP. A request has one example per line, as numbers separated by commas;
 * the response has one line of scores per example.
 */
public final class PredictionService {

    private final Predictor predictor;

    private PredictionService(Predictor predictor) {
        this.predictor = predictor;
    }

    /** Arguments: the model file, and the port, or 0 for any free port. */
    public static void main(String[] args) throws IOException {
        // the JDK's server sends headers and body apart, and TCP would hold the body back for 40 ms; read when the
        // server is loaded
        System.setProperty("sun.net.httpserver.nodelay", "true");
        Predictor predictor = Predictor.of(ModelFile.load(Path.of(args[0])).model());
        predictor.warmUp();

        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]));
        HttpServer server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors()));
        server.createContext("/predict", new PredictionService(predictor)::answer);
        server.start();
        System.out.println("http://localhost:" + server.getAddress().getPort() + "/predict");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            try {
                float[][] examples = body.lines().map(PredictionService::numbers).toArray(float[][]::new);
                float[][] scores = predictor.predict(examples);
                send(exchange, 200, Arrays.stream(scores).map(PredictionService::text).collect(Collectors.joining()));
            } catch (IllegalArgumentException invalid) {
                // not a number, NaN, or too many or too few numbers: the message says which
                send(exchange, 400, invalid.getMessage() + "\n");
            }
        }
    }

    private static float[] numbers(String line) {
        String[] words = line.split(",");
        float[] numbers = new float[words.length];
        for (int i = 0; i < words.length; i++) {
            numbers[i] = Float.parseFloat(words[i]);
        }
        return numbers;
    }

    private static String text(float[] numbers) {
        StringBuilder line = new StringBuilder();
        for (float number : numbers) {
            line.append(line.isEmpty() ? "" : ",").append(number);
        }
        return line.append('\n').toString();
    }

    private static void send(HttpExchange exchange, int status, String answer) throws IOException {
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
