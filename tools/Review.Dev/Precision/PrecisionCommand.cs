using System.CommandLine;
using Review.Cli;
using Review.Dev.Corpus;

namespace Review.Dev.Precision;

/// <summary>Runs all rules over a kernel and over the mutations of it, and writes what that says of the rules as a page.</summary>
internal sealed class PrecisionCommand : Command
{
    private readonly Option<string> kernel = new("--kernel") { Description = "Debian's linux-source tree that the mutations are made for", Required = true };
    private readonly Option<string> corpus = new("--corpus") { Description = "folder with mutations/ and traps.tsv", DefaultValueFactory = static _ => "tests/corpus" };
    private readonly Option<string> verdicts = new("--verdicts") { Description = "what people who read the findings say of each", DefaultValueFactory = static _ => "docs/verdicts.tsv" };
    private readonly Option<string> output = new("-o") { Description = "the page to write", DefaultValueFactory = static _ => "docs/precision.md" };

    public PrecisionCommand()
        : base("precision", "Measures the rules on a kernel and its mutations, and writes docs/precision.md")
    {
        Options.Add(kernel);
        Options.Add(corpus);
        Options.Add(verdicts);
        Options.Add(output);
        SetAction(parsed => Run(parsed.GetValue(kernel)!, parsed.GetValue(corpus)!, parsed.GetValue(verdicts)!, parsed.GetValue(output)!));
    }

    private static int Run(string kernel, string corpus, string verdicts, string output)
    {
        var scratch = Directory.CreateTempSubdirectory("mmreview-precision-").FullName;
        try
        {
            using var subject = new KernelUnderTest(kernel, scratch);
            var page = new PrecisionPage(
                subject.Analyse("mm/*.c", Environment.ProcessorCount),
                [.. Mutation.ReadAll(Path.Combine(corpus, "mutations")).AsParallel().AsOrdered().Select(mutation => new MutationResult(mutation, subject.Added(mutation)))],
                Trap.ReadAll(Path.Combine(corpus, "traps.tsv")),
                Verdict.ReadAll(verdicts));
            File.WriteAllText(output, page.ToString());
            Console.WriteLine(page.Summary);
            return page.Unread.IsEmpty ? ExitStatus.Clean : throw new UserError($"{page.Unread.Length} findings have no verdict, the first is {page.Unread[0].Fingerprint}", $"read them and add a line each to {verdicts}");
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
