using Review.Model.Matrix;

namespace Review.Tests.Model;

/// <summary>The model against what was recorded on a running kernel.</summary>
public sealed class RecordedFactsTests
{
    [Theory]
    [InlineData("scenarios.json")]
    [InlineData("facts.json")]
    public void Scenarios_go_as_on_the_kernel(string file) =>
        Assert.All(ModelFixtures.Scenarios(file), static scenario => Assert.Null(ModelFixtures.Run(scenario)));

    [Fact]
    public void Every_row_of_the_matrix_agrees()
    {
        var check = new MatrixCheck();
        foreach (var row in ModelFixtures.Matrix())
        {
            check.Check(row);
        }

        Assert.Empty(check.Disagreements.SelectMany(static kind => kind.Value));
        Assert.Equal(15461, check.Rows);
    }

    [Fact]
    public void A_row_that_says_something_else_is_found_out()
    {
        var row = ModelFixtures.Matrix().First(static row => row.Kind == "anon_rw" && row.Advice == 4 && row.Shape == "full");
        foreach (var wrong in new[] { row with { Errno = "EINVAL" }, row with { PagesAfter = row.PagesBefore }, row with { Content = "PPPPPPPP" }, row with { CountAfter = 2 } })
        {
            var check = new MatrixCheck();
            check.Check(wrong);
            Assert.False(check.AllAgree);
        }
    }

    [Theory]
    [InlineData("no_such_kind", "full")]
    [InlineData("anon_rw", "no_such_shape")]
    public void Unknown_words_are_errors(string kind, string shape)
    {
        var row = ModelFixtures.Matrix().First() with { Kind = kind, Shape = shape };
        Assert.Throws<FormatException>(() => MatrixCheck.Run(row));
    }
}
