using System.CommandLine;
using System.IO.Enumeration;
using Review.Cli;
using Review.Dev.Precision;

namespace Review.Dev.Corpus;

/// <summary>Runs mutations, of the repository or of a folder of one's own, and says of each what it brought to light.</summary>
internal sealed class MutationsCommand : Command
{
    private readonly Argument<string[]> names = new("NAME") { Description = "Names or patterns such as 'lock-*'; default: all", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> kernel = new("--kernel") { Description = "the tree that the mutations are made for", Required = true };
    private readonly Option<string> folder = new("--folder") { Description = "folder with the scripts and their index.tsv", DefaultValueFactory = static _ => "tests/corpus/mutations" };

    public MutationsCommand()
        : base("mutations", "Runs mutations and prints what the rules say of each")
    {
        Arguments.Add(names);
        Options.Add(kernel);
        Options.Add(folder);
        SetAction(parsed => Run(parsed.GetValue(names)!, parsed.GetValue(kernel)!, parsed.GetValue(folder)!));
    }

    private static int Run(string[] names, string kernel, string folder)
    {
        var scratch = Directory.CreateTempSubdirectory("mmreview-mutations-").FullName;
        try
        {
            using var subject = new KernelUnderTest(kernel, scratch);
            var chosen = Mutation.ReadAll(folder).Where(mutation => names.Length == 0 || Array.Exists(names, name => FileSystemName.MatchesSimpleExpression(name, mutation.Name)));
            var results = new List<MutationResult>();
            foreach (var result in chosen.AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(mutation => new MutationResult(mutation, subject.Added(mutation))))
            {
                results.Add(result);
                Print(result);
            }

            var bugs = results.Where(static result => result.Mutation.Rule is not null).ToList();
            var neutral = results.Where(static result => result.Mutation.Rule is null).ToList();
            Console.WriteLine($"bugs {bugs.Count(static bug => bug.IsRight)}/{bugs.Count}, neutral edits silent {neutral.Count(static edit => edit.IsRight)}/{neutral.Count}");
            return results.TrueForAll(static result => result.IsRight) ? ExitStatus.Clean : ExitStatus.Findings;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static void Print(MutationResult result)
    {
        var (mutation, added) = result;
        Console.WriteLine($"{(result.IsRight ? "right" : "WRONG")} {mutation.Name}: wanted {(mutation.Rule is null ? "nothing" : $"{mutation.Rule} in {mutation.Function}()")}");
        foreach (var finding in added)
        {
            Console.WriteLine($"      {finding.Path}:{finding.Line} {finding.Function}(): {finding.Rule}: {finding.Message}");
        }
    }
}
