package io.jacobi.nn.bench;

import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs the JMH benchmarks of single kernels. */
@Command(
        name = "kernels",
        description =
                "Measure matrix products, contractions, activations, the fused loss and optimizer steps one by one with JMH.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class KernelsCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", description = "Parts of the names of the benchmarks to run. Default: all.")
    private List<String> names = List.of("io.jacobi.nn.bench.kernels");

    @Option(names = "--forks", description = "Processes per benchmark. Default: ${DEFAULT-VALUE}.")
    private int forks = 1;

    @Option(names = "--seconds", description = "Seconds per measured round; there are 5. Default: ${DEFAULT-VALUE}.")
    private int seconds = 1;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results to this file in JMH's JSON format.")
    private String json = "";

    @Override
    public Integer call() throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(forks)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(seconds));
        names.forEach(options::include);
        if (!json.isEmpty()) {
            options.resultFormat(ResultFormatType.JSON).result(json);
        }
        new Runner(options.build()).run();
        return 0;
    }
}
