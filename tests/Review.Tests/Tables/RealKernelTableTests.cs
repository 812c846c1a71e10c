using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Review.Cli.Tables;
using Review.Tables;
using Review.Tables.Lookups;
using Review.Tables.Proofs;
using Review.Tables.Specification;
using Review.Tests.Cli;
using Review.Tests.Report;

namespace Review.Tests.Tables;

/// <summary>Tables of a real kernel, and of the one that runs here.</summary>
public sealed class RealKernelTableTests : IDisposable
{
    private const string File = "mm/madvise.c";

    private readonly TemporaryFolder folder = new();

    private static string Tree => KernelFactAttribute.KernelFolder!;

    public void Dispose() => folder.Dispose();

    [KernelFact]
    public void The_table_of_the_tree_is_proved_equal_to_it_in_no_time()
    {
        var text = Run("table", "extract", "--kernel", Tree);
        var table = TableReader.Read(text);
        Assert.True(table.Rows.Count >= 23);
        Assert.Equal(["valid", "process_madvise", "lock"], table.Columns.Select(static column => column.Name).Take(3));
        Assert.All(["CONFIG_KSM", "CONFIG_MEMORY_FAILURE", "CONFIG_TRANSPARENT_HUGEPAGE"], option => Assert.Contains(option, table.Options));

        var source = Source(System.IO.File.ReadAllText(Path.Combine(Tree, File), Encoding.Latin1), table);
        _ = EquivalenceProof.Compare(table, source);
        var clock = Process.GetCurrentProcess().TotalProcessorTime;
        var proof = EquivalenceProof.Compare(table, Source(source.Text, table));
        Assert.True(Process.GetCurrentProcess().TotalProcessorTime - clock < TimeSpan.FromSeconds(5), "tests run beside each other: this is no measurement, only a bound");
        Assert.True(proof.IsEqual);
        Assert.True(proof.Proved.Length >= 3 && proof.Options.Length >= 3);
    }

    [KernelFact]
    public void The_patch_applies_and_is_proved_and_compilers_find_nothing_new()
    {
        Run("table", "extract", "--kernel", Tree, "-o", folder.At("tree.table"));
        Run("table", "emit", folder.At("tree.table"), "--as", "patch", "--kernel", Tree, "-o", folder.At("lookup.patch"));
        folder.Write("linux/" + File, System.IO.File.ReadAllText(Path.Combine(Tree, File), Encoding.Latin1));
        _ = TestProgram.Commit(folder.At("linux"));
        _ = TestProgram.Git(folder.At("linux"), "am", "--quiet", folder.At("lookup.patch"));
        Assert.Equal(File, TestProgram.Git(folder.At("linux"), "diff", "--name-only", "HEAD~1"));

        var table = TableReader.Read(System.IO.File.ReadAllText(folder.At("tree.table")));
        var before = Source(System.IO.File.ReadAllText(Path.Combine(Tree, File), Encoding.Latin1), table);
        var after = Source(System.IO.File.ReadAllText(folder.At("linux/" + File), Encoding.Latin1), table);
        var proof = EquivalenceProof.Compare(before, after);
        Assert.Empty(proof.Differences);
        Assert.All(table.Columns.Where(static column => column.Function is not null), column => Assert.Contains(proof.Proved, proved => proved.Name == column.Function + "()"));
        Assert.True(EquivalenceProof.Compare(table, after).IsEqual);
        Assert.DoesNotContain("switch (behavior) {\n	case MADV_REMOVE:\n	case MADV_WILLNEED:\n	case MADV_DONTNEED:\n", after.Text, StringComparison.Ordinal);
        AssertNothingNew(after.Text);
        AssertStyle("lookup.patch", ["--ignore", "MISSING_SIGN_OFF"]);
    }

    [KernelFact]
    public void The_switch_that_is_emitted_keeps_the_kernels_style()
    {
        Run("table", "extract", "--kernel", Tree, "-o", folder.At("tree.table"));
        foreach (var kind in (string[])["c-switch", "c-array"])
        {
            Run("table", "emit", folder.At("tree.table"), "--as", kind, "-o", folder.At(kind + ".c"));
            Run("table", "verify", folder.At("tree.table"), folder.At(kind + ".c"));
            AssertStyle(kind + ".c", ["--file"]);
        }
    }

    [ToolFact("clang-19")]
    public void What_is_emitted_compiles_without_a_warning()
    {
        folder.Write("madvise.table", Table());
        var prelude = string.Concat(ReferenceTable.Madvise.Rows.Select(static row => $"#define {row.Name} {row.Value}\n"))
            + "#define bool _Bool\n#define true 1\n#define false 0\n#define IS_ENABLED(x) 1\n#define ARRAY_SIZE(a) ((int)(sizeof(a) / sizeof((a)[0])))\n#define array_index_nospec(i, n) (i)\n";
        foreach (var kind in (string[])["c-switch", "c-array"])
        {
            var code = Run("table", "emit", folder.At("madvise.table"), "--as", kind);
            foreach (var options in (string[][])[[], ["-DCONFIG_KSM"], ["-DCONFIG_KSM", "-DCONFIG_TRANSPARENT_HUGEPAGE", "-DCONFIG_MEMORY_FAILURE"]])
            {
                folder.Write("emitted.c", prelude + code + "int use(int b);\nint use(int b)\n{\n\treturn madvise_info(b).valid;\n}\n");
                var result = TestProgram.Run("clang-19", folder.Path, ["-std=gnu11", "-Wall", "-Wextra", "-Wno-sign-compare", "-Werror", "-fsyntax-only", .. options, "emitted.c"]);
                Assert.True(result.Status == 0, result.Errors);
            }
        }
    }

    [Fact]
    public void The_reference_table_agrees_with_the_model_and_a_wrong_cell_is_found()
    {
        folder.Write("madvise.table", Table());
        Assert.StartsWith("every cell agrees with the model of v6.18: ", Run("table", "verify", folder.At("madvise.table"), "--model"), StringComparison.Ordinal);
        folder.Write("wrong.table", Table().Replace("MADV_COLD             20     yes    yes", "MADV_COLD             20     yes    -  ", StringComparison.Ordinal));
        var result = TestProgram.Run("dotnet", folder.Path, [Program, "table", "verify", "wrong.table", "--model"]);
        Assert.Equal(1, result.Status);
        Assert.Contains("different: MADV_COLD (20), process_madvise: no in the table, yes in the model of v6.18\n", result.Output, StringComparison.Ordinal);
    }

    [KernelFact]
    public void The_table_of_the_tree_agrees_with_the_model()
    {
        Run("table", "extract", "--kernel", Tree, "-o", folder.At("tree.table"));
        Assert.StartsWith("every cell agrees with the model of ", Run("table", "verify", folder.At("tree.table"), "--model"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_running_kernel_knows_what_the_table_says()
    {
        // Kernels before the newest advice know less than the table, and nothing else.
        var (differing, _, count) = RunningKernel.Compare(ReferenceTable.Madvise, RunningKernel.Knows);
        Assert.True(count > 1000);
        Assert.All(differing, advice => Assert.True(!RunningKernel.Knows(advice) || advice > 103, $"{advice}"));

        var (wrong, options, _) = RunningKernel.Compare(ReferenceTable.Madvise, static advice => advice is >= 0 and <= 4 or 12 or 13);
        Assert.Contains("CONFIG_KSM", options);
        Assert.DoesNotContain("CONFIG_TRANSPARENT_HUGEPAGE", options);
        Assert.Contains(8, wrong);
        Assert.DoesNotContain(14, wrong);
    }

    [KernelFact]
    public void Places_that_leave_advice_out_are_told()
    {
        var places = JsonNode.Parse(Run("table", "drift", "--kernel", Tree, "--format", "json"))!["places"]!.AsArray();
        var header = places.Single(static place => (string)place!["name"]! == "include/uapi/asm-generic/mman.h")!;
        Assert.Equal(20, (int)header["values"]!["MADV_COLD"]!);
        Assert.Contains(places, static place => (string)place!["name"]! == File);
        Assert.Contains(places, static place => ((string)place!["name"]!).StartsWith("tools/testing/selftests/", StringComparison.Ordinal) && place["missing"]!.AsArray().Count > 0);
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "mmreview.dll");

    private static string Table() => TableWriter.Write(ReferenceTable.Madvise);

    private static LookupSource Source(string text, BehaviorTable table) => new(File, text, table.Rows.ToDictionary(static row => row.Name, static row => (long)row.Value, StringComparer.Ordinal));

    private string Run(params string[] arguments)
    {
        var result = TestProgram.Run("dotnet", folder.Path, [Program, .. arguments]);
        Assert.True(result.Status == 0, result.Errors + result.Output);
        return result.Output;
    }

    /// <summary>Checks with the kernel's own script.</summary>
    private void AssertStyle(string file, string[] options)
    {
        var script = Path.Combine(Tree, "scripts/checkpatch.pl");
        if (System.IO.File.Exists(script) && ToolFactAttribute.Find("perl") is not null)
        {
            var result = TestProgram.Run("perl", Tree, [script, "--no-tree", "--no-summary", "--terse", "--color=never", .. options, folder.At(file)]);
            Assert.Equal("", result.Output);
        }
    }

    /// <summary>Lets clang say what it has to say of the file and of its replacement, for both architectures; through the product, which knows the kernel's options.</summary>
    private void AssertNothingNew(string text)
    {
        var bare = folder.At("bare.git");
        folder.Write("patched.c", text);
        _ = TestProgram.Git(folder.Path, "clone", "--quiet", "--bare", "--shared", Tree, bare);
        _ = TestProgram.Git(bare, "read-tree", "HEAD");
        _ = TestProgram.Git(bare, "update-index", "--cacheinfo", $"100644,{TestProgram.Git(bare, "hash-object", "-w", folder.At("patched.c"))},{File}");
        var commit = TestProgram.Git(bare, "commit-tree", TestProgram.Git(bare, "write-tree"), "-m", "lookup");
        string[] check = ["check", File, "--kernel", bare, "--arch", "x86_64,arm64", "--rules", "build", "--fail-on", "never", "--format", "json", "--rev"];
        var before = JsonNode.Parse(Run([.. check, "HEAD"]))!;
        var after = JsonNode.Parse(Run([.. check, commit]))!;
        Assert.Equal(before["findings"]!.ToJsonString(), after["findings"]!.ToJsonString());
        Assert.Empty(after["notAnalysed"]!.AsArray());
    }
}
