package io.jacobi.nn.train;

import io.jacobi.nn.Layer;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.files.FileText;
import io.jacobi.nn.files.RunState.Setting;
import io.jacobi.nn.model.Sequential;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The settings that decide everything that a run computes. A run can be resumed only with the same settings. */
final class RunSettings {

    private static final String NONE = "none";

    /** The longest setting that a message shows whole, and the most differences. */
    private static final int SHOWN = 300;

    private static final int MOST = 20;

    /**
     * The number of steps over which a schedule is spread. It follows from the number of epochs, which may change when a
     * run is resumed.
     */
    private static final Pattern SPREAD = Pattern.compile("((?:CosineRate|OneCycleRate)\\[[^\\[\\]]*\\bsteps=)\\d+");

    static final String OPTIMIZER = "optimizer";

    private final Map<String, String> values = new LinkedHashMap<>();

    RunSettings with(String name, Object value) {
        values.put(name, withoutAddresses(value.toString()));
        return this;
    }

    RunSettings with(String name, Dataset data) {
        return with(
                name,
                data.size() + " of " + data.features() + " with targets " + data.target()
                        + (data.weighted() ? " and weights" : ""));
    }

    /**
     * Removes the addresses in the texts of lambdas and other objects without a {@code toString}: they differ between
     * processes.
     */
    private static String withoutAddresses(String text) {
        String plain = text.replaceAll("(\\$\\$Lambda[^@]*)?@[0-9a-f]+", "");
        return plain.isEmpty() || plain.equals("[]") ? NONE : plain;
    }

    List<Setting> toList() {
        return values.entrySet().stream()
                .map(entry -> new Setting(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * Checks that a checkpoint belongs to a run with these settings and this model.
     *
     * @throws IllegalArgumentException if it does not; the message names everything that differs
     */
    void requireSame(Path path, List<Setting> stored, Sequential storedModel, Sequential model) {
        List<String> differences = new ArrayList<>();
        compareLayers(storedModel, model, differences);
        Map<String, String> expected = new TreeMap<>();
        stored.forEach(setting -> expected.put(setting.name(), setting.value()));
        List<String> names = new ArrayList<>(values.keySet());
        expected.keySet().stream().filter(name -> !values.containsKey(name)).forEach(names::add);
        for (String name : names) {
            compare(name, expected.getOrDefault(name, NONE), values.getOrDefault(name, NONE), differences);
        }
        if (!differences.isEmpty()) {
            int more = differences.size() - MOST;
            throw new IllegalArgumentException(path + " is a checkpoint of another run"
                    + String.join("", differences.subList(0, Math.min(MOST, differences.size())))
                    + (more > 0 ? "\n  and " + more + " more" : "")
                    + "\n  fix: resume with the settings that the run was started with");
        }
    }

    private static void compareLayers(Sequential storedModel, Sequential model, List<String> differences) {
        List<Layer> expected = storedModel.layers();
        List<Layer> received = model.layers();
        for (int i = 0; i < Math.max(expected.size(), received.size()); i++) {
            boolean both = i < expected.size() && i < received.size();
            if (!both || !expected.get(i).equals(received.get(i))) {
                String had = i < expected.size() ? storedModel.label(i) : NONE;
                String has = i < received.size() ? model.label(i) : NONE;
                append("layer " + (i + 1), had, has.equals(had) ? has + " with other arguments" : has, differences);
            }
        }
    }

    private static void compare(String name, String expected, String received, List<String> differences) {
        if (!expected.equals(received) && !isSpreadAnew(name, expected, received)) {
            append(name, expected, received, differences);
        }
    }

    private static boolean isSpreadAnew(String name, String expected, String received) {
        return name.equals(OPTIMIZER) && withoutSpread(expected).equals(withoutSpread(received));
    }

    private static String withoutSpread(String optimizer) {
        return SPREAD.matcher(optimizer).replaceAll("$1");
    }

    /** Says that the schedule is spread over another number of steps than the stored settings have, if it is. */
    Optional<String> changedSchedule(List<Setting> stored) {
        String now = values.getOrDefault(OPTIMIZER, NONE);
        return stored.stream()
                .filter(setting ->
                        setting.name().equals(OPTIMIZER) && !setting.value().equals(now))
                .map(setting -> "The rate's schedule is spread over another number of steps than before"
                        + "\n  before " + FileText.show(setting.value(), SHOWN)
                        + "\n  now    " + FileText.show(now, SHOWN)
                        + "\n  the steps that are made keep their rates, and the rest follow the new schedule")
                .findFirst();
    }

    private static void append(String name, String expected, String received, List<String> differences) {
        differences.add("\n  " + FileText.show(name) + ": expects " + FileText.show(expected, SHOWN) + ", received "
                + FileText.show(received, SHOWN));
    }
}
