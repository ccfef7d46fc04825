package io.jacobi.nn.math;

import java.util.List;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * The kernel that OpenBLAS has chosen for this processor when it was loaded. Kernels add up in different orders, so the
 * last digits of a matrix product depend on it.
 */
public final class BlasKernel {

    /** The name of a kernel that OpenBLAS does not tell, such as the kernel of a library in its place. */
    public static final String UNKNOWN = "unknown";

    /** The pointer to the table of the chosen kernel's functions; each table has this name, _ and the kernel's name. */
    private static final String TABLE = "gotoblas";

    /** The kernels of OpenBLAS 0.3.31, dynamic.c and dynamic_arm64.c, and the next ones of its development. */
    private static final List<String> NAMES = List.of(
            "KATMAI",
            "COPPERMINE",
            "NORTHWOOD",
            "BANIAS",
            "ATHLON",
            "PRESCOTT",
            "CORE2",
            "PENRYN",
            "DUNNINGTON",
            "NEHALEM",
            "SANDYBRIDGE",
            "HASWELL",
            "SKYLAKEX",
            "COOPERLAKE",
            "SAPPHIRERAPIDS",
            "ATOM",
            "OPTERON",
            "OPTERON_SSE3",
            "BARCELONA",
            "BOBCAT",
            "BULLDOZER",
            "PILEDRIVER",
            "STEAMROLLER",
            "EXCAVATOR",
            "ZEN",
            "NANO",
            "ARMV8",
            "ARMV8SVE",
            "CORTEXA53",
            "CORTEXA55",
            "CORTEXA57",
            "CORTEXA72",
            "CORTEXA73",
            "FALKOR",
            "THUNDERX",
            "THUNDERX2T99",
            "THUNDERX3T110",
            "TSV110",
            "EMAG8180",
            "NEOVERSEN1",
            "NEOVERSEV1",
            "NEOVERSEN2",
            "A64FX",
            "VORTEX",
            "VORTEXM4");

    private BlasKernel() {}

    /** Returns the name that OpenBLAS gives the kernel, such as {@code HASWELL}, or {@value #UNKNOWN}. */
    public static String name() {
        Blas.load();
        // openblas_get_corename compares these addresses too; JavaCPP does not make it callable
        Pointer table = Loader.addressof(TABLE);
        if (table == null) {
            return UNKNOWN;
        }
        Pointer chosen = new PointerPointer<Pointer>(table).get();
        return NAMES.stream()
                .filter(name -> isTableOf(name, chosen))
                .findFirst()
                .orElse(UNKNOWN);
    }

    private static boolean isTableOf(String name, Pointer chosen) {
        Pointer table = Loader.addressof(TABLE + "_" + name);
        return table != null && chosen != null && table.address() == chosen.address();
    }
}
