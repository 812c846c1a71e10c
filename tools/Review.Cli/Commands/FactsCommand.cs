using System.Collections.Immutable;
using System.CommandLine;
using Review.Cli.Check;
using Review.Cli.Output;
using Review.Cli.Trees;
using Review.Kernel.Architectures;

namespace Review.Cli.Commands;

/// <summary><c>mmreview facts</c>: what is known of a function and why, or a file of all that was found out.</summary>
internal sealed class FactsCommand : Command
{
    private readonly Argument<string[]> names = new("FUNCTION [FILE...]") { Description = "A function, and the files to look at; with --write only files. Default: mm/madvise.c mm/gup.c", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> kernel = new("--kernel") { Description = "A work tree, a bare repository, or 'auto'", DefaultValueFactory = static _ => KernelLocator.Auto };
    private readonly Option<string?> revision = new("--rev") { Description = "Read this revision from the repository; nothing is checked out" };
    private readonly Option<string> architecture = new("--arch") { Description = "x86_64 or arm64", DefaultValueFactory = static _ => Architecture.X86.Name };
    private readonly Option<string> configuration = new("--config") { Description = "'default', a .config, or a file of CONFIG_ wishes", DefaultValueFactory = static _ => "default" };
    private readonly Option<string[]> analyzers = new("--analyzer") { Description = "An assembly with rules of your own" };
    private readonly Option<string?> facts = new("--facts") { Description = "What functions of other files do, as --write found out", HelpName = "FILE" };
    private readonly Option<string?> write = new("--write") { Description = "Write what the files' functions do to this file, for check --facts", HelpName = "FILE" };
    private readonly Option<string> format = new("--format") { Description = "text or json", DefaultValueFactory = static _ => "text" };
    private readonly Option<int> jobs = new("-j") { Description = "Threads; default: one for every processor", DefaultValueFactory = static _ => Environment.ProcessorCount };

    public FactsCommand()
        : base("facts", "Says what is known of a function and why; or writes what all functions of files do.")
    {
        format.AcceptOnlyFromAmong("text", "json");
        Arguments.Add(names);
        foreach (var option in (Option[])[kernel, revision, architecture, configuration, analyzers, facts, write, format, jobs])
        {
            Options.Add(option);
        }

        Validators.Add(result =>
        {
            if (result.GetValue(names)?.FirstOrDefault(static name => name.StartsWith('-')) is { } unknown)
            {
                result.AddError($"unknown option '{unknown}'");
            }
            else if (result.GetValue(write) is null && result.GetValue(names) is null or [])
            {
                result.AddError("facts needs a FUNCTION, or --write FILE");
            }
        });
        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        ImmutableArray<string> given = [.. parsed.GetValue(names) ?? []];
        var target = parsed.GetValue(write);
        var files = target is null ? given.RemoveAt(0) : given;
        var options = new CheckOptions
        {
            Kernel = parsed.GetValue(kernel)!,
            Revision = parsed.GetValue(revision),
            Architectures = [Architecture.Find(parsed.GetValue(architecture)!) ?? throw new UserError($"unknown architecture '{parsed.GetValue(architecture)}'", $"use {string.Join(" or ", Architecture.All)}")],
            Configuration = parsed.GetValue(configuration) is var text && text == SelectedFiles.AllConfigurations ? throw new UserError("--config all: facts are about one configuration", "name 'default' or a file") : text!,
            Analyzers = [.. parsed.GetValue(analyzers) ?? []],
            Facts = parsed.GetValue(facts),
            Parallelism = parsed.GetValue(jobs) is > 0 and <= 1024 and var threads ? threads : throw new UserError("-j takes a number from 1 to 1024", "leave it out for one thread for every processor"),
        };
        using var run = new FactsRun(files.IsEmpty ? options : options with { Files = files }, cancellation);
        if (target is not null)
        {
            FactFile.Write(target, run.Export());
            return ExitStatus.Clean;
        }

        var known = run.Explain(given[0]);
        if (known.IsEmpty)
        {
            throw new UserError($"{given[0]}: no table and no file looked at knows a function of that name", "name the file that has it behind the function");
        }

        parsed.InvocationConfiguration.Output.Write(parsed.GetValue(format) == "json" ? FactsText.ToJson(given[0], known) : FactsText.ToText(given[0], known));
        return ExitStatus.Clean;
    }
}
