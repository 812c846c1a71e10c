using Review.Tables.Specification;
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
        var result = TestProgram.Run("dotnet", folder.Path, [Path.Combine(AppContext.BaseDirectory, "mmreview.dll"), "table", "emit", "bad.table", "--as", "c-switch", "-o", "out.c"]);
        Assert.Equal((2, ""), (result.Status, result.Output));
        Assert.StartsWith($"mmreview: bad.table:{line}: {message}; ", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
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
