using System.CommandLine;
using Review.Cli;

namespace Review.Dev.Corpus;

/// <summary>Makes edits that change nothing in every function of files of a kernel, and prints what the rules say then that they did not say before, and the other way round.</summary>
internal sealed class NeutralCommand : Command
{
    private readonly Argument<string[]> files = new("FILE") { Description = "patterns such as 'mm/*.c'", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string> kernel = new("--kernel") { Description = "a work tree of Linux", Required = true };
    private readonly Option<int> rounds = new("--rounds") { Description = "rounds for each file, each with one edit of every function; default: until each edit had its turn", DefaultValueFactory = static _ => int.MaxValue };

    public NeutralCommand()
        : base("neutral", "Edits that change nothing must change no finding: tries them in every function of files")
    {
        Arguments.Add(files);
        Options.Add(kernel);
        Options.Add(rounds);
        SetAction(parsed => Run(parsed.GetValue(files)!, parsed.GetValue(kernel)!, parsed.GetValue(rounds)));
    }

    private static int Run(string[] patterns, string kernel, int rounds)
    {
        var scratch = Directory.CreateTempSubdirectory("mmreview-neutral-").FullName;
        try
        {
            using var subject = new KernelUnderTest(kernel, scratch);
            var (edits, changes, failures) = (0, 0, 0);
            foreach (var session in patterns.SelectMany(subject.FilesOf).AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(file => NeutralSession.Of(subject, file, rounds)))
            {
                edits += session.Edits;
                changes += session.Changes.Length;
                failures += session.Failures.Length;
                foreach (var line in session.Changes.Concat(session.Failures))
                {
                    Console.WriteLine(line);
                }
            }

            Console.WriteLine($"{edits} edits, {changes} changes; {failures} rounds whose edits clang does not take");
            return changes == 0 ? ExitStatus.Clean : ExitStatus.Findings;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }
}
