using System.CommandLine;
using Review.Cli.Patch;

namespace Review.Cli.Commands;

/// <summary><c>mmreview b4-check</c>: one patch on standard input, one JSON array on standard output, as <c>b4 review</c> asks its checks.</summary>
internal sealed class B4CheckCommand : Command
{
    private readonly KernelOptions kernel = new();
    private readonly Option<string?> basis = new("--base") { Description = "The revision that the patch is for; by default it is found", HelpName = "REV" };
    private readonly Option<double> timeout = new("--timeout") { Description = "Seconds that a patch may take", DefaultValueFactory = static _ => 60 };

    public B4CheckCommand()
        : base("b4-check", "Answers b4's per-patch and per-series checks: a mail on standard input, a JSON array on standard output.")
    {
        kernel.AddTo(this);
        Options.Add(basis);
        Options.Add(timeout);
        SetAction((parsed, cancellation) =>
        {
            using var input = Console.OpenStandardInput();
            var options = new PatchOptions
            {
                Mail = "-",
                Check = kernel.Read(parsed),
                Base = parsed.GetValue(basis),
                Timeout = TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(timeout), 1, 86_400)),
            };
            parsed.InvocationConfiguration.Output.Write(new B4Check(options, cancellation).Answer(input));
            return Task.FromResult(ExitStatus.Clean);
        });
    }
}
