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

/** The kernels one by one, by JMH. */
@Command(
        name = "kernels",
        description =
                "Measures matrix products, contractions, activations, the fused loss and optimizer steps one by one, by JMH.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class KernelsCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", description = "Which benchmarks: parts of their names. Default: all.")
    private List<String> names = List.of("io.jacobi.nn.bench.kernels");

    @Option(names = "--forks", description = "Processes for each benchmark. Default: ${DEFAULT-VALUE}.")
    private int forks = 1;

    @Option(names = "--seconds", description = "Seconds of each of 5 measured rounds. Default: ${DEFAULT-VALUE}.")
    private int seconds = 1;

    @Option(names = "--json", paramLabel = "FILE", description = "Writes the results as JMH's JSON.")
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
