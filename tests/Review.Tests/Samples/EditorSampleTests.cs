using Review.Tests.Cli;
using Review.Tests.Editors;

namespace Review.Tests.Samples;

/// <summary>The editor of samples/04-editor prints what its README shows.</summary>
[Collection(EditedKernel.Collection)]
public sealed class EditorSampleTests
{
    private const string Prompt = "$ python3 ";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "samples", "04-editor");

    [EditorFact("python3")]
    public void The_README_shows_what_is_printed()
    {
        var block = File.ReadAllText(Path.Combine(Folder, "README.md")).Split("```text\n")[1].Split("```")[0];
        var (command, shown) = block.Split('\n', 2) is [var first, var rest] ? (first, rest) : ("", "");
        Assert.StartsWith(Prompt, command, StringComparison.Ordinal);
        var quoted = command.Split('"')[1];
        var words = command[Prompt.Length..].Split('"')[0].Trim().Replace("KERNEL", EditedKernel.Tree, StringComparison.Ordinal).Split(' ');
        var result = TestProgram.Run("python3", Folder, [.. words, quoted, .. EditedKernel.Program, "lsp"]);
        Assert.Equal((shown, "", 0), (result.Output, result.Errors, result.Status));
    }
}
