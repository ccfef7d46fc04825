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

/** The process of one framework. */
final class WorkerProcess implements AutoCloseable {

    private final Framework framework;
    private final Process process;
    private final BufferedReader out;
    private final BufferedWriter in;

    /**
     * What makes peers fast that Jacobi does not need. Their pools of OpenMP and of BLAS spin against each other unless OpenMP is told
     * how many threads it has. And who takes memory anew for each result gives it back to the kernel each time, unless glibc is told
     * to keep it: DJL trains up to four times as fast so, where page faults are dear.
     */
    private static Map<String, String> help(int threads) {
        return Map.of(
                "OMP_NUM_THREADS", Integer.toString(threads),
                "MALLOC_MMAP_THRESHOLD_", Integer.toString(1 << 25),
                "MALLOC_TRIM_THRESHOLD_", Integer.toString(1 << 30),
                "MALLOC_TOP_PAD_", Integer.toString(1 << 26));
    }

    /** Starts it; what it says besides its answers goes to {@code log}. Jacobi is told nothing, peers what {@link #help}s them. */
    WorkerProcess(Framework framework, int threads, Path log) throws IOException {
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
            builder.environment().putAll(help(threads));
        }
        builder.redirectError(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
        this.process = builder.start();
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.in = process.outputWriter(StandardCharsets.UTF_8);
    }

    Framework framework() {
        return framework;
    }

    /** Says this, and waits for the answer. */
    String ask(String line) throws IOException {
        in.write(line);
        in.newLine();
        in.flush();
        for (String said = out.readLine(); said != null; said = out.readLine()) {
            if (said.startsWith(Worker.ANSWER)) {
                return said.substring(Worker.ANSWER.length());
            }
        }
        throw new IOException(framework.name() + " ended when told: " + line + "\n  fix: see the log of the race");
    }

    double number(String line) throws IOException {
        return Double.parseDouble(ask(line));
    }

    /** As many numbers as the answer has. */
    double[] numbers(String line) throws IOException {
        return Arrays.stream(ask(line).split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** Ends all of them. */
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
