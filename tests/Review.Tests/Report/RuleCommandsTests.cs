using System.Text.Json;
using Review.Tests.Cli;

namespace Review.Tests.Report;

/// <summary><c>mmreview rules</c> and <c>mmreview explain</c> as people start them.</summary>
public class RuleCommandsTests
{
    [Fact]
    public void Rules_is_an_aligned_table_by_number()
    {
        var lines = Run("rules").Output.TrimEnd('\n').Split('\n');
        Assert.Matches("^number +name +severity +category +title$", lines[0]);
        var numbers = lines.Skip(1).Select(line => line.Split(' ')[0]).ToList();
        Assert.Equal(numbers.Order(StringComparer.Ordinal), numbers);
        var name = lines[0].IndexOf("name", StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(line[name - 1] == ' ' && line[name] != ' '));
    }

    [Fact]
    public void Rules_as_json_agrees_with_the_table()
    {
        using var document = JsonDocument.Parse(Run("rules", "--format", "json").Output);
        var rules = document.RootElement.GetProperty("rules").EnumerateArray().ToList();
        Assert.All(rules, rule => Assert.Equal(["id", "name", "severity", "category", "title"], rule.EnumerateObject().Select(property => property.Name)));
        Assert.Equal(Run("rules").Output.TrimEnd('\n').Split('\n').Skip(1).Select(line => line.Split(' ')[0]), rules.Select(rule => rule.GetProperty("id").GetString()));
    }

    [Fact]
    public void Explain_finds_a_page_by_name_and_number()
    {
        var byName = Run("explain", "suppression");
        Assert.Equal(0, byName.Status);
        Assert.StartsWith("suppression (KMM0002): ", byName.Output, StringComparison.Ordinal);
        Assert.All(byName.Output.Split('\n').Where(line => !line.StartsWith("    ", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 78));
        Assert.DoesNotContain('\e', byName.Output);
        Assert.Equal(byName.Output, Run("explain", "kmm0002").Output);
    }

    [Fact]
    public void Explain_makes_a_page_for_browsers()
    {
        var page = Run("explain", "engine", "--format", "html").Output;
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains("<title>engine (KMM0001)</title>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("suppresion", "there is no rule 'suppresion': did you mean suppression?")]
    [InlineData("KMM0009", "there is no rule 'KMM0009': did you mean KMM0001?")]
    public void An_unknown_rule_is_bad_input_with_the_nearest_name(string rule, string message)
    {
        var result = Run("explain", rule);
        Assert.Equal((2, "", $"mmreview: {message}; mmreview rules lists them\n"), (result.Status, result.Output, result.Errors));
    }

    private static ProgramResult Run(params string[] arguments) =>
        TestProgram.Run("dotnet", AppContext.BaseDirectory, [Path.Combine(AppContext.BaseDirectory, "mmreview.dll"), .. arguments]);
}
