using System.CommandLine;
using Review.Cli.Cache;
using Review.Cli.Trees;

namespace Review.Cli.Commands;

/// <summary><c>mmreview kernel</c>: says which kernel tree <c>--kernel</c> means, and prepares it if it has to be unpacked.</summary>
internal sealed class KernelCommand : Command
{
    private readonly Option<string> kernel = new("--kernel")
    {
        Description = "A kernel tree, or 'auto' for the one that the other commands take.",
        DefaultValueFactory = static _ => KernelLocator.Auto,
    };

    private readonly Option<bool> pathOnly = new("--path") { Description = "Print only the folder." };

    public KernelCommand()
        : base("kernel", "Says which kernel tree is reviewed when none is named.")
    {
        Options.Add(kernel);
        Options.Add(pathOnly);
        SetAction((parsed, cancellation) => Task.FromResult(Run(parsed.GetValue(kernel)!, parsed.GetValue(pathOnly), cancellation)));
    }

    private static int Run(string kernel, bool pathOnly, CancellationToken cancellation)
    {
        using var cache = CacheDirectory.Open();
        var locator = new KernelLocator(cache, Environment.CurrentDirectory, Environment.GetEnvironmentVariable);
        var found = locator.Locate(kernel, Progress.ToTerminal, cancellation);
        var tree = new WorkTree(found.Folder);
        Console.Out.WriteLine(pathOnly ? tree.Root : $"{tree.Root} ({found.Origin})");
        return ExitStatus.Clean;
    }
}
