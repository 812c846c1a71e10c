using Review.Tables.Specification;
using Review.Tests.Checking;
using Review.Tests.Cli;

namespace Review.Tests.Tables;

/// <summary>The format of tables.</summary>
public sealed class TableFormatTests
{
    [Fact]
    public void What_is_written_is_read_as_the_same_table()
    {
        var table = Sample.Read(Sample.Table);
        var text = TableWriter.Write(table);
        Assert.Equal(text, TableWriter.Write(TableReader.Read(text)));
        Assert.Contains("MADV_C    4      yes    none@always  CONFIG_Q  -      -\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_holds_under_the_rows_option_unless_it_says_otherwise()
    {
        var table = Sample.Read(Sample.Table);
        string Ask(string column, int value, params string[] on) => table.Answer(table.Column(column)!, value, on.ToHashSet(StringComparer.Ordinal));
        Assert.Equal(("no", "yes"), (Ask("valid", 3), Ask("valid", 3, "CONFIG_P")));
        Assert.Equal(("none", "none"), (Ask("lock", 4), Ask("lock", 4, "CONFIG_Q")));
        Assert.Equal(("no", "write"), (Ask("valid", -7), Ask("lock", 1)));
    }

    [Theory]
    [InlineData("MADV_D    90", "MADV_D    3 ", 11, "MADV_D has the value 3 of MADV_B")]
    [InlineData("MADV_D    90", "MADV_A    90", 11, "MADV_A is there twice")]
    [InlineData("MADV_D    90", "MADV_D    -2", 11, "MADV_D has the negative value -2")]
    [InlineData("MADV_D    90", "MADV_D    x ", 11, "'x' is no value")]
    [InlineData("valid  lock  ", "valid  color ", 7, "unknown column 'color'")]
    [InlineData("CONFIG_Q  -      -", "CONFIG_R  -      -", 10, "unknown option 'CONFIG_R'")]
    [InlineData("none@always", "none@CONFIG_", 10, "'CONFIG_' is no condition on options")]
    [InlineData("read         CONFIG_P", "rest         CONFIG_P", 9, "'rest' is no answer of the column lock")]
    [InlineData("column lock: write read none", "column valid: no yes", 5, "the column valid is there twice")]
    [InlineData("ok(): 0 1", "ok(): 0", 4, "ok() returns 1 constants for 2 answers")]
    [InlineData("MADV_A    0      yes    -            -         -      -", "MADV_A    0", 8, "MADV_A has 2 fields, and the head has 7")]
    public void A_wrong_table_is_told_by_file_and_line_and_writes_nothing(string right, string wrong, int line, string message)
    {
        Assert.Contains(right, Sample.Table, StringComparison.Ordinal);
        using var folder = new TemporaryFolder();
        folder.Write("bad.table", Sample.Table.Replace(right, wrong, StringComparison.Ordinal));
        AssertRefused(folder, $"bad.table:{line}: {message}; ");
    }

    [Theory]
    [InlineData("option CONFIG_P", "bad.table:1: unknown option 'CONFIG_P': no Kconfig file of the tree has it; ")]
    [InlineData("option CONFIG_SELDOM CONFIG_SELDON", "bad.table:1: unknown option 'CONFIG_SELDON': no Kconfig file of the tree has it; ")]
    public void An_option_that_no_Kconfig_file_has_is_refused_where_there_is_a_tree(string options, string message)
    {
        using var kernel = new MiniKernel();
        kernel.Write("arch/x86/include/uapi/asm/mman.h", "");
        using var folder = new TemporaryFolder();
        var table = "column valid: no yes\nbehavior value valid config since notes\nMADV_A 0 yes - - -\n";
        folder.Write("bad.table", $"{options}\n{table}");
        AssertRefused(folder, message, "--kernel", kernel.Tree);
        Assert.Equal(0, Emit(folder).Status);
        folder.Write("bad.table", $"option CONFIG_SELDOM CONFIG_64BIT\n{table}");
        Assert.Equal(0, Emit(folder, "--kernel", kernel.Tree).Status);
    }

    [Theory]
    [InlineData("zero", "bad.table:2: a zero byte: this is no text; ")]
    [InlineData("huge", "bad.table is larger than 4 MiB; ")]
    [InlineData("rows", "bad.table:1003: more than 1000 rows; ")]
    [InlineData("options", "bad.table:1: more than 10 options; ")]
    [InlineData("columns", "bad.table:65: more than 64 columns; ")]
    [InlineData("line", "bad.table:1: 'xxx")]
    [InlineData("empty", "bad.table:1: the table has no rows; ")]
    [InlineData("binary", "bad.table:1: ")]
    [InlineData("missing", "bad.table cannot be read: ")]
    public void What_is_no_table_at_all_is_refused_in_one_short_line(string kind, string message)
    {
        using var folder = new TemporaryFolder();
        var text = kind switch
        {
            "zero" => "table t\n\0\n",
            "huge" => new string('#', 5 << 20),
            "rows" => "column valid: no yes\nbehavior value valid config since notes\n" + string.Concat(Enumerable.Range(0, 5000).Select(static i => $"MADV_{i} {i} yes - - -\n")),
            "options" => "option" + string.Concat(Enumerable.Range(0, 40).Select(static i => $" CONFIG_{i}")) + "\n",
            "columns" => string.Concat(Enumerable.Range(0, 5000).Select(static i => $"column c{i}: no yes\n")),
            "line" => new string('x', 1 << 20) + "\n",
            "binary" => string.Concat(Enumerable.Range(1, 2000).Select(static i => (char)(128 + (i % 120)))),
            _ => "",
        };
        if (kind != "missing")
        {
            File.WriteAllText(folder.At("bad.table"), text, System.Text.Encoding.Latin1);
        }

        AssertRefused(folder, message);
    }

    private static ProgramResult Emit(TemporaryFolder folder, params string[] more) => TestProgram.Run(
        "dotnet",
        folder.Path,
        [Path.Combine(AppContext.BaseDirectory, "mmreview.dll"), "table", "emit", "bad.table", "--as", "c-switch", "-o", "out.c", .. more],
        ("MMREVIEW_KERNEL", null),
        ("MMREVIEW_CACHE", folder.At("cache")));

    /// <summary>One short line that begins with a message, exit status 2, nothing written.</summary>
    private static void AssertRefused(TemporaryFolder folder, string message, params string[] more)
    {
        var result = Emit(folder, more);
        Assert.Equal((2, ""), (result.Status, result.Output));
        Assert.StartsWith($"mmreview: {message}", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
        Assert.True(result.Errors.Length < 400, result.Errors);
        Assert.False(File.Exists(folder.At("out.c")));
    }

    [Fact]
    public void Guards_are_as_short_as_they_can_be()
    {
        string[] options = ["CONFIG_A", "CONFIG_B", "CONFIG_C"];
        Assert.Equal("CONFIG_B", Guard.Of(options, [.. Enumerable.Range(0, 8).Select(static set => (set & 2) != 0)]).ToString());
        Assert.Equal("CONFIG_A&!CONFIG_C", Guard.Of(options, [.. Enumerable.Range(0, 8).Select(static set => (set & 5) == 1)]).ToString());
        Assert.True(Guard.Of(options, [.. Enumerable.Repeat(true, 8)]).IsAlways);
        for (var truth = 1; truth < 256; truth++)
        {
            // Whatever is written is read as the same condition.
            bool[] holds = [.. Enumerable.Range(0, 8).Select(set => (truth >> set & 1) == 1)];
            var guard = Guard.Parse(Guard.Of(options, holds).ToString());
            Assert.Equal(holds, Enumerable.Range(0, 8).Select(set => guard is null || guard.Holds(options.Where((_, i) => (set >> i & 1) == 1).ToHashSet(StringComparer.Ordinal))));
        }
    }
}
