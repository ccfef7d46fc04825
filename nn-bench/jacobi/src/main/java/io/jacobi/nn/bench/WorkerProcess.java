package io.jacobi.nn.bench;

import io.jacobi.nn.bench.worker.Worker;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@link Worker} in its own process. */
final class WorkerProcess implements AutoCloseable {

    private static final String LOG = "bench.log";

    private final Framework framework;
    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    /**
     * Environment variables that speed up the peers; Jacobi does not need them. The thread pools of OpenMP and BLAS
     * spin against each other unless the number of OpenMP threads is set. A framework that allocates memory for each
     * result returns it to the kernel each time, unless glibc is set to keep it: with these settings DJL trains up to
     * four times as fast where page faults are expensive.
     */
    private static Map<String, String> environment(int threads) {
        return Map.of(
                "OMP_NUM_THREADS", Integer.toString(threads),
                "MALLOC_MMAP_THRESHOLD_", Integer.toString(1 << 25),
                "MALLOC_TRIM_THRESHOLD_", Integer.toString(1 << 30),
                "MALLOC_TOP_PAD_", Integer.toString(1 << 26));
    }

    /**
     * Starts the process. Its error output is appended to {@value #LOG}. Peers are started with the
     * {@link #environment}.
     */
    WorkerProcess(Framework framework, int threads) throws IOException {
        this.framework = framework;
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx3g",
                "-cp",
                framework.classPath(),
                Worker.class.getName(),
                framework.adapter()));
        ProcessBuilder builder = new ProcessBuilder(command);
        if (framework.isPeer()) {
            builder.environment().putAll(environment(threads));
        }
        builder.redirectError(ProcessBuilder.Redirect.appendTo(new File(LOG)));
        this.process = builder.start();
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.outputWriter(StandardCharsets.UTF_8);
    }

    Framework framework() {
        return framework;
    }

    /** Sends a command and returns the answer. */
    String ask(String line) throws IOException {
        in.write(line);
        in.newLine();
        in.flush();
        for (String answer = out.readLine(); answer != null; answer = out.readLine()) {
            if (answer.startsWith(Worker.ANSWER)) {
                return answer.substring(Worker.ANSWER.length());
            }
        }
        throw new IOException("The process of " + framework.name() + " ended at the command \"" + line
                + "\"\n  fix: see its error output in " + LOG);
    }

    /** Sends a command and returns the one number of the answer. */
    double number(String line) throws IOException {
        return Double.parseDouble(ask(line));
    }

    /** Sends a command and returns the numbers of the answer. */
    double[] numbers(String line) throws IOException {
        return Arrays.stream(ask(line).split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** Closes all processes. */
    static void close(List<WorkerProcess> workers) throws IOException {
        for (WorkerProcess worker : workers) {
            worker.close();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
