using Review.Cli;
using Review.Tests.Cli;

namespace Review.Tests.Model;

/// <summary><c>mmreview model run</c> and <c>model explore</c> on broken files: one line on standard error that names file, scenario, operation and field; status 2.</summary>
public sealed class BrokenFileTests : IDisposable
{
    private const string Head = """{"schema":"mmreview-explore/1","name":"p","setup":[]""";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string, string[]> Files => new()
    {
        { "run", """{"scenarios":[{"name":"s","steps":[{"op":"munmap","addr":"0"}]}]}""", ["scenario 's'", "steps[0] munmap: len", "missing field"] },
        { "run", """{"scenarios":[{"name":"s","steps":[{"op":"munmap","addr":"0","len":"1p","lenght":1}]}]}""", ["steps[0] munmap: lenght", "unknown field"] },
        { "run", """{"scenarios":[{"name":"s","setup":[{"op":"fork","steps":[{"op":"madvise","addr":"0","len":"1p","advice":"MADV_MAYBE"}]}],"steps":[]}]}""", ["setup[0] fork: steps[0] madvise: advice", "unknown advice 'MADV_MAYBE'"] },
        { "run", """{"scenarios":[{"name":"s","steps":[{"op":"gup","addr":"0","flags":"got"}]}]}""", ["steps[0] gup: flags", "unknown word 'got'"] },
        { "run", """{"scenarios":[{"name":"s","steps":[{"op":"volatile","addr":"0","len":"1p","policy":"later"}]}]}""", ["steps[0] volatile: policy", "unknown word 'later'"] },
        { "run", """{"scenarios":[{"name":"s","steps":[""", ["broken.json:1:", "no JSON there"] },
        { "run", """{"schema":"vma-scenarios/9","scenarios":[]}""", ["schema", "unknown schema 'vma-scenarios/9'"] },
        { "explore", Head + ""","zap":"slowly","threads":[{"calls":[]}]}""", ["zap", "unknown word 'slowly'"] },
        { "explore", Head + ""","defects":["none"],"threads":[{"calls":[]}]}""", ["defects", "unknown word 'none'"] },
        { "explore", Head + ""","threads":[{"calls":[{"op":"expect_pages","addr":"0","state":"."}]}]}""", ["expect_pages cannot be done by a thread"] },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void A_broken_file_is_told_in_one_line(string command, string text, string[] parts)
    {
        File.WriteAllText(folder.At("broken.json"), text);
        var result = TestProgram.Run("dotnet", folder.Path, [Path.Combine(AppContext.BaseDirectory, "mmreview.dll"), "model", command, "broken.json"]);

        Assert.Equal(ExitStatus.BadInput, result.Status);
        Assert.Empty(result.Output);
        var line = Assert.Single(result.Errors.TrimEnd('\n').Split('\n'));
        Assert.Contains("broken.json", line, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, line, StringComparison.Ordinal));
    }
}
