using Review.Tests.Cli;

namespace Review.Tests.Samples;

/// <summary>What the READMEs of the samples show of a terminal is what the program prints: blocks of <c>console</c>, with commands behind a <c>$</c>.</summary>
public sealed class ConsoleTests
{
    private const string Prompt = "$ mmreview ";

    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "samples");

    public static TheoryData<string, string> Blocks()
    {
        var blocks = new TheoryData<string, string>();
        foreach (var readme in Directory.EnumerateFiles(Samples, "README.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            foreach (var block in File.ReadAllText(readme).Split("```console\n").Skip(1))
            {
                blocks.Add(Path.GetRelativePath(Samples, Path.GetDirectoryName(readme)!), block.Split("```")[0]);
            }
        }

        return blocks;
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_README_shows_what_is_printed(string sample, string block)
    {
        var (command, shown) = block.Split('\n', 2) is [var first, var rest] ? (first, rest) : ("", "");
        Assert.StartsWith(Prompt, command, StringComparison.Ordinal);
        var result = TestProgram.Run("dotnet", Path.Combine(Samples, sample), [Path.Combine(AppContext.BaseDirectory, "mmreview.dll"), .. command[Prompt.Length..].Split(' ')]);
        Assert.Equal((shown, ""), (result.Output, result.Errors));
    }
}
