using System.Text.Json.Nodes;
using Review.Tests.Checking;
using Review.Tests.Cli;
using Review.Tests.Report;

namespace Review.Tests.Tables;

/// <summary>Matrices of a small kernel of our own: as text, JSON and HTML, of other architectures, and what changed between two revisions or trees.</summary>
[Collection(NodeCollection.Name)]
public sealed class MatrixTests : IDisposable
{
    private const string Decisions = """
        #include <uapi/asm-generic/mman.h>

        struct space;
        int pack(struct space *space);
        long mm_access(struct space *space, int mode);
        void mmap_write_lock(struct space *space);
        void mmap_read_lock(struct space *space);

        enum lock_mode { AREA_READ_LOCK, AREA_WRITE_LOCK, AREA_NO_LOCK };

        static int is_known(int behavior)
        {
        	switch (behavior) {
        	case MADV_DROP:
        	case MADV_KEEP:
        #ifdef CONFIG_SELDOM
        	case MADV_PACK:
        #endif
        	case MADV_CRASH:
        		return 1;
        	default:
        		return 0;
        	}
        }

        static enum lock_mode lock_of(int behavior)
        {
        	switch (behavior) {
        	case MADV_DROP:
        		return AREA_READ_LOCK;
        	case MADV_CRASH:
        		return AREA_NO_LOCK;
        	default:
        		return AREA_WRITE_LOCK;
        	}
        }

        static int drop(struct space *space)
        {
        	return space ? 0 : -5;
        }

        static int work(struct space *space, int behavior)
        {
        	int error = 0;
        	int flags = 0;

        	switch (behavior) {
        	case MADV_DROP:
        		return drop(space);
        	case MADV_PACK:
        		error = pack(space);
        		break;
        	case MADV_KEEP:
        		flags |= 1;
        		break;
        	}
        	if (error == -ENOMEM)
        		error = -EAGAIN;
        	return error ? error : flags;
        }

        int do_madvise(struct space *space, int behavior)
        {
        	enum lock_mode mode;

        	if (!is_known(behavior))
        		return -22;
        	if (behavior == MADV_CRASH)
        		return 0;
        	mode = lock_of(behavior);
        	if (mode == AREA_WRITE_LOCK)
        		mmap_write_lock(space);
        	else
        		mmap_read_lock(space);
        	return work(space, behavior);
        }

        """;

    private const string Elsewhere = """
        #include <uapi/asm-generic/mman.h>

        enum packed { PACK_DONE, PACK_FULL, PACK_BUSY, PACK_LATE };

        static int pack_errno(enum packed result)
        {
        	switch (result) {
        	case PACK_DONE:
        		return 0;
        	case PACK_FULL:
        		return -ENOMEM;
        	case PACK_BUSY:
        	case PACK_LATE:
        		return -EBUSY;
        	default:
        		return -EINVAL;
        	}
        }

        int pack(void *space)
        {
        	return pack_errno(space ? PACK_DONE : PACK_LATE);
        }

        """;

    private readonly NodePackages node;
    private readonly MiniKernel kernel = new();

    public MatrixTests(NodePackages node)
    {
        this.node = node;
        kernel.Write("include/linux/kconfig.h", "#include <generated/autoconf.h>\n");
        kernel.Write("Kconfig", File.ReadAllText(kernel.At("Kconfig")) + "\tdefault y\n");
        kernel.Write("include/uapi/asm-generic/mman.h", "#define MADV_DROP 4\n#define MADV_KEEP 7\n#define MADV_PACK 9\n#define MADV_CRASH 100\n#define ENOMEM 12\n#define EBUSY 16\n#define EINVAL 22\n#define EAGAIN 11\n");
        kernel.Write("arch/x86/include/uapi/asm/mman.h", "#include <asm-generic/mman.h>\n");
        kernel.Write("arch/arm64/include/uapi/asm/mman.h", "#include <asm-generic/mman.h>\n");
        kernel.Write("arch/odd/include/uapi/asm/mman.h", "#define MADV_DROP 6\n#define MADV_KEEP 7\n#define MADV_PACK 9\n#define MADV_ROOM 5\n");
        kernel.Write("mm/madvise.c", Decisions);
        kernel.Write("mm/gup.c", Elsewhere);
    }

    public void Dispose() => kernel.Dispose();

    [Fact]
    public void Every_decision_is_a_column_of_the_text()
    {
        Assert.Equal(
            """
            mm/madvise.c, Linux 6.1.0, x86

            value            valid   lock    do_madvise  dispatch  errno  since
            MADV_DROP     4  yes     read    -           drop      .
            MADV_KEEP     7  yes     write*  -           flags     a
            MADV_PACK     9  SELDOM  write*  -           pack      ab
            MADV_CRASH  100  yes     .       yes         .         .

            * by default   . not reached   KSM: only with CONFIG_KSM, by default without it
              valid: is_known()
              lock: lock_of()
              dispatch: work(), the switch that sends advice to work
              do_madvise: do_madvise(), tells some advice from the rest
              a: work(), turns results into errors: ENOMEM EAGAIN
              b: pack_errno() in mm/gup.c, turns results into errors: PACK_FULL ENOMEM, PACK_BUSY and PACK_LATE EBUSY, others EINVAL
              other values with odd: MADV_CRASH missing, MADV_DROP 6, MADV_ROOM 5

            """,
            Matrix());
    }

    [Fact]
    public void Json_says_the_same()
    {
        var matrix = JsonNode.Parse(Matrix("--format", "json"))!;
        Assert.Equal("mmreview-matrix/1", (string)matrix["schema"]!);
        var columns = matrix["columns"]!.AsArray().Select(static column => (string)column!["place"]!).ToList();
        JsonNode Cell(string advice, string place) => matrix["rows"]!.AsArray().Single(row => (string)row!["name"]! == advice)!["cells"]![columns.IndexOf(place)]!;
        Assert.Equal(("by-name", "read"), ((string)Cell("MADV_DROP", "lock_of")["how"]!, (string)Cell("MADV_DROP", "lock_of")["outcome"]!));
        Assert.Equal("CONFIG_SELDOM", (string)Cell("MADV_PACK", "is_known")["when"]!);
        Assert.Equal("unreachable", (string)Cell("MADV_CRASH", "lock_of")["how"]!);
        Assert.Equal("ENOMEM EBUSY EINVAL", (string)Cell("MADV_PACK", "pack_errno")["outcome"]!);
        var mapping = matrix["columns"]![columns.IndexOf("pack_errno")]!;
        Assert.Equal(("errno", "mm/gup.c", 4), ((string)mapping["kind"]!, (string)mapping["file"]!, mapping["answers"]!.AsArray().Count));
    }

    [Fact]
    public void Another_architecture_has_its_own_values()
    {
        var lines = Matrix("--arch", "odd").Split('\n');
        Assert.Equal(["mm/madvise.c, Linux 6.1.0, odd", "MADV_ROOM  5  -", "MADV_DROP  6  yes", "MADV_KEEP  7  yes", "MADV_PACK  9  SELDOM"], [lines[0], .. lines.Where(static line => line.StartsWith("MADV_", StringComparison.Ordinal)).Select(static line => string.Join("  ", line.Split("  ", StringSplitOptions.RemoveEmptyEntries).Take(3)))]);
        var result = kernel.Run(["matrix", "--kernel", kernel.Tree, "--arch", "vax"]);
        Assert.Equal((2, "mmreview: unknown architecture 'vax'; use arm64, odd, x86\n"), (result.Status, result.Errors));
    }

    [Fact]
    public void What_changed_between_two_revisions_or_trees_is_shown_by_rows()
    {
        var first = TestProgram.Commit(kernel.Tree);
        kernel.Write("mm/madvise.c", Decisions.Replace("	case MADV_DROP:\n		return AREA_READ_LOCK;", "	case MADV_DROP:\n	case MADV_KEEP:\n		return AREA_READ_LOCK;", StringComparison.Ordinal));
        kernel.Write("include/uapi/asm-generic/mman.h", File.ReadAllText(kernel.At("include/uapi/asm-generic/mman.h")) + "#define MADV_NEW 10\n");
        const string Changes = "MADV_KEEP 7: lock write by default -> read\nMADV_NEW 10: new\n2 of the rows changed\n";
        Assert.Equal(Changes, Matrix("--diff", first, kernel.Tree));
        _ = TestProgram.Commit(kernel.Tree);
        Assert.Equal(Changes, Matrix("--diff", "HEAD~1", "HEAD"));
        Assert.Equal(Changes, Matrix("--diff", kernel.Tree + ":HEAD~1", kernel.Tree + ":HEAD"));
        Assert.Equal("0 of the rows changed\n", Matrix("--diff", "HEAD", "HEAD"));
        Assert.Equal(2, kernel.Run(["matrix", "--kernel", kernel.Tree, "--diff", "HEAD", "nonsense"]).Status);
    }

    [ToolFact("npm", "node", "chromium")]
    public void A_browser_shows_the_coloured_table()
    {
        File.WriteAllText(kernel.Beside("report.html"), Matrix("--format", "html"));
        var seen = node.Run("browser.mjs", ToolFactAttribute.Find("chromium")!, kernel.Beside("report.html"));
        Assert.Empty(seen.GetProperty("console").EnumerateArray());
        Assert.All(seen.GetProperty("requests").EnumerateArray(), static request => Assert.Matches("^(file:///.*report\\.html|data:,)$", request.GetString()));
        Assert.All(new[] { "light", "dark", "narrow" }, look => Assert.Equal(0, seen.GetProperty(look).GetProperty("overflow").GetInt32()));
        var text = seen.GetProperty("text").GetString()!;
        Assert.Contains("MADV_PACK", text, StringComparison.Ordinal);
        Assert.Contains("ENOMEM EBUSY EINVAL", text, StringComparison.Ordinal);
        Assert.DoesNotContain("script", seen.GetProperty("elements").EnumerateArray().Select(static element => element.GetString()));
    }

    private string Matrix(params string[] arguments)
    {
        var result = kernel.Run(["matrix", "--kernel", kernel.Tree, .. arguments]);
        Assert.True(result.Status == 0, result.Errors);
        return result.Output;
    }
}
