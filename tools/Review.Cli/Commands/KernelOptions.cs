using System.Collections.Immutable;
using System.CommandLine;
using Review.Cli.Check;
using Review.Cli.Trees;
using Review.Kernel.Architectures;

namespace Review.Cli.Commands;

/// <summary>The options that every command shares which looks at a kernel: which tree, how it is configured, which rules run.</summary>
internal sealed class KernelOptions
{
    private readonly Option<string> kernel = new("--kernel") { Description = "A work tree, a bare repository, or 'auto'", DefaultValueFactory = static _ => KernelLocator.Auto };
    private readonly Option<string> architecture = new("--arch") { Description = "x86_64, arm64, or both joined by a comma", DefaultValueFactory = static _ => Architecture.X86.Name };
    private readonly Option<string> configuration = new("--config") { Description = "'default', 'all', a .config, or a file of CONFIG_ wishes", DefaultValueFactory = static _ => "default" };
    private readonly Option<string?> rules = new("--rules") { Description = "Names, numbers, categories or patterns, joined by commas" };
    private readonly Option<string[]> analyzers = new("--analyzer") { Description = "An assembly with rules of your own" };
    private readonly Option<bool> noCache = new("--no-cache") { Description = "Compute everything anew: configuration, headers, results" };
    private readonly Option<int> jobs = new("-j") { Description = "Threads; default: one for every processor", DefaultValueFactory = static _ => Environment.ProcessorCount };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[kernel, architecture, configuration, rules, analyzers, noCache, jobs])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="UserError">An architecture is not known, or a number is out of range.</exception>
    public CheckOptions Read(ParseResult parsed) => new()
    {
        Kernel = parsed.GetValue(kernel)!,
        Architectures = ReadArchitectures(parsed.GetValue(architecture)!),
        Configuration = parsed.GetValue(configuration)!,
        Rules = parsed.GetValue(rules),
        Analyzers = [.. parsed.GetValue(analyzers) ?? []],
        UseCache = !parsed.GetValue(noCache),
        Parallelism = parsed.GetValue(jobs) is > 0 and <= 1024 and var threads ? threads : throw new UserError("-j takes a number from 1 to 1024", "leave it out for one thread for every processor"),
    };

    /// <summary>The architectures of a list of names.</summary>
    /// <exception cref="UserError">One is not known.</exception>
    internal static ImmutableArray<Architecture> ReadArchitectures(string names)
    {
        ImmutableArray<Architecture> found = [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Find).Distinct()];
        return found.IsEmpty ? throw new UserError("--arch names no architecture", "use x86_64, arm64 or both") : found;
    }

    private static Architecture Find(string name) =>
        Architecture.Find(name) ?? throw new UserError($"unknown architecture '{name}'", $"use {string.Join(" or ", Architecture.All)}");
}
