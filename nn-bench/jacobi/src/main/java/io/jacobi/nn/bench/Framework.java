package io.jacobi.nn.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A framework that is measured.
 *
 * @param name its name in the tables
 * @param adapter the class name of its {@link io.jacobi.nn.bench.worker.FrameworkAdapter}
 * @param classPath the class path of its process
 * @param trains whether it can train, or only predict
 */
record Framework(String name, String adapter, String classPath, boolean trains) {

    /** Whether this is a framework other than Jacobi. */
    boolean isPeer() {
        return !adapter.equals(JacobiAdapter.class.getName());
    }

    private record Peer(String module, String name, String adapter, boolean trains) {}

    private static final List<Peer> PEERS = List.of(
            new Peer("dl4j", "DL4J M2.1 as shipped", "io.jacobi.nn.bench.dl4j.Dl4jAdapter", true),
            new Peer("dl4j-openblas", "DL4J M2.1, newer OpenBLAS", "io.jacobi.nn.bench.dl4j.Dl4jAdapter", true),
            new Peer("djl", "DJL, PyTorch 2.7.1", "io.jacobi.nn.bench.djl.DjlAdapter", true),
            new Peer("onnxruntime", "ONNX Runtime 1.22", "io.jacobi.nn.bench.onnx.OnnxRuntimeAdapter", false));

    /**
     * Returns Jacobi first, then every peer that was built, that is, whose class path the build has written to a file.
     */
    static List<Framework> all() throws IOException {
        Path jar = Path.of(Framework.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        List<Framework> frameworks = new ArrayList<>();
        frameworks.add(new Framework("Jacobi", JacobiAdapter.class.getName(), jar.toString(), true));
        for (Peer peer : PEERS) {
            Path built = jar.resolveSibling(Path.of("..", "..", peer.module(), "target"))
                    .normalize();
            Path classPath = built.resolve("classpath");
            if (Files.exists(classPath)) {
                String own = built.resolve("classes").toString();
                String others = Files.readString(classPath).strip();
                frameworks.add(
                        new Framework(peer.name(), peer.adapter(), own + File.pathSeparator + others, peer.trains()));
            }
        }
        return frameworks;
    }
}
