using Review.Tables.Drift;
using Review.Tests.Kernel;

namespace Review.Tests.Tables;

/// <summary>Places that list advice, in small trees.</summary>
public sealed class DriftTests
{
    private const string Header = "#define MADV_A 0\n#define MADV_B 3\n#define MADV_C 4\n";

    [Fact]
    public void Headers_of_architectures_are_read_with_what_they_include_and_take_back()
    {
        var table = Drift(
            ("include/uapi/asm-generic/mman-common.h", Header),
            ("include/uapi/asm-generic/mman.h", "#include <asm-generic/mman-common.h>\n"),
            ("arch/one/include/uapi/asm/Kbuild", "\n"),
            ("arch/two/include/uapi/asm/mman.h", "#include <asm-generic/mman.h>\n#undef MADV_B\n#define MADV_B 70\n"),
            ("arch/three/include/uapi/asm/mman.h", "#define MADV_A 0\n"));
        Assert.Equal(["include/uapi/asm-generic/mman.h", "arch/three/include/uapi/asm/mman.h", "arch/two/include/uapi/asm/mman.h"], table.Places.Select(static place => place.Name));
        Assert.Equal([3L, null, 70L], table.Places.Select(static place => place.Values.GetValueOrDefault("MADV_B")));
        Assert.Equal("MADV_A MADV_B MADV_C", string.Join(' ', table.Advice));
    }

    [Fact]
    public void Code_comments_kernel_doc_and_specifications_are_told_apart()
    {
        var table = Drift(
            ("include/uapi/asm-generic/mman.h", Header),
            ("mm/madvise.c", """
                /* MADV_A is old. */
                int f(int b)
                {
                	return b == MADV_B;
                }
                /**
                 * g() - knows MADV_C
                 */
                /**
                 * sys_madvise - advise
                 * @behavior: what
                 *
                 * param-constraint: one of MADV_A, MADV_B
                 * error-code: -EINVAL
                 */

                """),
            ("kernel/api/madvise.c", "DEFINE_KERNEL_API_SPEC(sys_madvise)\n\tKAPI_PARAM(2, \"behavior\", \"int\", \"MADV_C\")\nKAPI_END_SPEC;\nint x = MADV_B;\n"));
        string Of(string place) => string.Join(' ', table.Places.Single(found => found.Name == place).Values.Keys);
        Assert.Equal("MADV_B", Of("mm/madvise.c"));
        Assert.Equal("MADV_A MADV_B MADV_C", Of("mm/madvise.c, comments"));
        Assert.Equal("MADV_C", Of("mm/madvise.c, kernel-doc"));
        Assert.Equal("MADV_A MADV_B", Of("mm/madvise.c, API specification"));
        Assert.Equal("MADV_C", Of("kernel/api/madvise.c, API specification"));
    }

    private static DriftTable Drift(params (string Path, string Text)[] files)
    {
        var tree = new MemoryTree();
        foreach (var (path, text) in files)
        {
            _ = tree.With(path, text);
        }

        return AdviceDrift.Of(tree, []);
    }
}
