using System.CommandLine;
using Review.Cli.Cache;
using Review.Cli.Editor;
using Review.Lsp.Server;

namespace Review.Cli.Commands;

/// <summary><c>mmreview lsp</c>: the language server, on standard input and output.</summary>
internal sealed class LspCommand : Command
{
    // Editors pass it to every server; there is no other way to talk.
    private readonly Option<bool> stdio = new("--stdio") { Description = "Standard input and output, which is the only way there is" };

    public LspCommand()
        : base("lsp", "Reviews in the editor: a language server on standard input and output.")
    {
        Options.Add(stdio);
        SetAction(static _ => Run());
    }

    private static int Run()
    {
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();

        // Whatever else is printed must not get between the messages.
        Console.SetOut(Console.Error);
        using var cache = CacheDirectory.Open();
        using var reviewer = new EditorReviewer(cache);
        return new LanguageServer(input, output, reviewer, ToolVersions.Own) { WatchParent = ParentWatch.Start }.Run();
    }
}
