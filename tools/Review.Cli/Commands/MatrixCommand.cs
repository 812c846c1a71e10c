using System.CommandLine;
using Review.Cli.Output;
using Review.Cli.Tables;
using Review.Cli.Trees;
using Review.Kernel.Architectures;
using Review.Tables.Lookups;
using Review.Tables.Matrix;

namespace Review.Cli.Commands;

/// <summary><c>mmreview matrix</c>: every advice and what every decision point makes of it.</summary>
internal sealed class MatrixCommand : Command
{
    private readonly Argument<string> file = new("FILE") { Description = "The file that decides; default: mm/madvise.c", DefaultValueFactory = static _ => "mm/madvise.c" };
    private readonly Option<string> kernel = new("--kernel") { Description = "A work tree, a bare repository, or 'auto'", DefaultValueFactory = static _ => KernelLocator.Auto };
    private readonly Option<string?> revision = new("--rev") { Description = "Read this revision from the repository; nothing is checked out" };
    private readonly Option<string[]> diff = new("--diff") { Description = "Show what changed between two revisions, trees, or TREE:REVISION", HelpName = "REV1 REV2", Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true };
    private readonly Option<string> architecture = new("--arch") { Description = "The architecture whose values of advice count: any that the tree has headers for", DefaultValueFactory = static _ => Architecture.X86.Name };
    private readonly Option<string> format = new("--format") { Description = "text, json or html", DefaultValueFactory = static _ => "text" };
    private readonly Option<string?> output = new("-o") { Description = "Write to this file", HelpName = "FILE" };

    public MatrixCommand()
        : base("matrix", "Shows what every decision point of mm/madvise.c makes of every advice.")
    {
        format.AcceptOnlyFromAmong("text", "json", "html");
        Arguments.Add(file);
        foreach (var option in (Option[])[kernel, revision, diff, architecture, format, output])
        {
            Options.Add(option);
        }

        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var run = new MatrixRun(parsed.GetValue(kernel)!, parsed.GetValue(architecture)!, parsed.GetValue(file)!, cancellation);
        try
        {
            if (parsed.GetValue(diff) is [var before, var after])
            {
                Write(parsed, MatrixText.ToText(MatrixDiff.Between(run.OfSide(before).Matrix, run.OfSide(after).Matrix)));
                return ExitStatus.Clean;
            }

            var made = run.Of(parsed.GetValue(revision));
            if (made.Matrix.Columns.IsEmpty)
            {
                throw new UserError($"{made.File} decides nothing about advice", "name a file with a switch over MADV_ values");
            }

            Write(parsed, parsed.GetValue(format) switch
            {
                "json" => MatrixText.ToJson(made),
                "html" => MatrixHtml.Render(made),
                _ => MatrixText.ToText(made),
            });
            return ExitStatus.Clean;
        }
        catch (LookupException trouble)
        {
            throw new UserError(trouble.Message, trouble.Cure);
        }
    }

    private void Write(ParseResult parsed, string text)
    {
        if (parsed.GetValue(output) is { } file)
        {
            WholeFile.Write(file, text);
        }
        else
        {
            parsed.InvocationConfiguration.Output.Write(text);
        }
    }
}
