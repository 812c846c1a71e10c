using Review.Cli;
using Review.Cli.Cache;
using Review.Cli.Check;
using Review.Cli.Trees;
using Review.Clang;
using Review.Core.Source;
using Review.Kernel;
using Review.Kernel.Architectures;

namespace Review.Benchmarks;

/// <summary>
/// Measures what a review costs beside what clang takes for the same files with the same flags:
/// <c>Review.Benchmarks [FILE...] [--kernel DIR] [--runs N]</c>, the rules beside our parse only: <c>Review.Benchmarks rules [FILE...] ...</c>, each part of a review alone, by BenchmarkDotNet: <c>Review.Benchmarks parts tests/explore/NAME.json [FILE] ...</c>, or how fast interleavings are explored: <c>Review.Benchmarks explore FILE</c>, or how fast the bot goes through an archive: <c>Review.Benchmarks bot-scan [MAILS]</c>, or how long an editor waits: <c>Review.Benchmarks lsp-edits FILE [--runs PAUSES]</c>. Everything is measured in one run, in turns, so that a busy machine hits all alike.
/// </summary>
internal static class Program
{
    private static int Main(string[] args) => ExitStatus.Of(() => Run(args), Console.Error);

    private static int Run(string[] args)
    {
        if (args is ["explore", var program])
        {
            Console.Out.Write(ExplorerSpeed.Of(program, runs: 5));
            return ExitStatus.Clean;
        }

        if (args is ["bot-scan", .. var numbers])
        {
            Console.Out.Write(BotScan.Of(numbers is [var number] && int.TryParse(number, out var count) && count > 0 ? count : 10_000));
            return ExitStatus.Clean;
        }

        if (args is ["lsp-edits", var edited, .. var more])
        {
            var (_, tree, edits) = Read(["--runs", "200", .. more]);
            using var store = CacheDirectory.Open();
            Console.Out.Write(EditSession.Run(new KernelLocator(store, Environment.CurrentDirectory, Environment.GetEnvironmentVariable).Locate(tree, Progress.ToTerminal, CancellationToken.None).Folder, edited, edits));
            return ExitStatus.Clean;
        }

        var onlyRules = args is ["rules", ..];
        var isParts = args is ["parts", _, ..];
        var (files, kernel, runs) = Read(onlyRules ? args[1..] : isParts ? args[2..] : args);
        using var cache = CacheDirectory.Open();
        var folder = new KernelLocator(cache, Environment.CurrentDirectory, Environment.GetEnvironmentVariable)
            .Locate(kernel, Progress.ToTerminal, CancellationToken.None).Folder;
        using var source = KernelSource.Open(cache, folder, null);
        using var parser = new ClangParser();
        var prepared = new BuildPreparation(cache, source, useCache: true, nameof(Benchmarks))
            .Prepare(Architecture.X86, ConfigurationSource.Default, null, parser, files);
        var subjects = files.Select(file => new Subject(
            new ParseRequest(Text(source.Tree, file), prepared.Root, prepared.Overlay, prepared.Build.Arguments.For(file, prepared.Root, prepared.Headers)),
            parser,
            folder)).ToList();
        if (isParts)
        {
            subjects[0].MeasureParts(args[1], runs);
            return ExitStatus.Clean;
        }

        Console.Out.WriteLine(
            $"Linux {prepared.Build.Version}, {prepared.Build.Architecture}, {prepared.Build.Configuration.Name} configuration; {(onlyRules ? "least" : "medians")} of {runs} runs in ms; {Environment.ProcessorCount} processors");
        Console.Out.Write(onlyRules ? Table.OfRules(subjects, runs) : Table.Of(subjects, runs));
        return ExitStatus.Clean;
    }

    private static SourceText Text(ISourceTree tree, string file) => tree.ReadBytes(file) is { } bytes
        ? new SourceText(file, bytes)
        : throw new UserError($"{file}: no such file in the tree", "name files as they stand in the tree");

    private static (List<string> Files, string Kernel, int Runs) Read(string[] args)
    {
        var (files, kernel, runs) = (new List<string>(), KernelLocator.Auto, 7);
        for (var i = 0; i < args.Length; i++)
        {
            string Value() => ++i < args.Length ? args[i] : throw new UserError($"{args[i - 1]} needs a value", "write it behind the option");
            switch (args[i])
            {
                case "--kernel":
                    kernel = Value();
                    break;
                case "--runs":
                    runs = int.TryParse(Value(), out var number) && number is > 0 and <= 1000 ? number : throw new UserError("--runs takes a number from 1 to 1000", "leave it out for 7");
                    break;
                default:
                    files.Add(args[i].StartsWith('-') ? throw new UserError($"unknown option '{args[i]}'", "there are --kernel and --runs") : args[i]);
                    break;
            }
        }

        return (files.Count == 0 ? ["mm/madvise.c", "mm/gup.c"] : files, kernel, runs);
    }
}
