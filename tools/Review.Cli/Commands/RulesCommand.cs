using System.CommandLine;
using Review.Cli.Output;
using Review.Core.Engine;

namespace Review.Cli.Commands;

/// <summary><c>mmreview rules</c>: what can be found.</summary>
internal sealed class RulesCommand : Command
{
    private readonly Option<string> format = new("--format") { Description = "text or json", DefaultValueFactory = _ => "text" };
    private readonly Option<string[]> analyzers = new("--analyzer") { Description = "An assembly with rules of your own" };

    public RulesCommand()
        : base("rules", "Lists the rules: number, name, severity, category, title.")
    {
        format.AcceptOnlyFromAmong("text", "json");
        Options.Add(format);
        Options.Add(analyzers);
        SetAction(parsed =>
        {
            var render = parsed.GetValue(format) == "json" ? (Func<RuleCatalog, string>)RuleList.ToJson : RuleList.ToText;
            parsed.InvocationConfiguration.Output.Write(render(RuleAssemblies.LoadCatalog(parsed.GetValue(analyzers)!)));
            return ExitStatus.Clean;
        });
    }
}
