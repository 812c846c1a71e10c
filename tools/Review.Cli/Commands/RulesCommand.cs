using System.CommandLine;
using Review.Cli.Output;
using Review.Core.Engine;

namespace Review.Cli.Commands;

/// <summary><c>mmreview rules</c>: what can be found.</summary>
internal sealed class RulesCommand : Command
{
    private readonly Option<string> format = new("--format") { Description = "text or json", DefaultValueFactory = _ => "text" };

    public RulesCommand(Func<RuleCatalog> loadRules)
        : base("rules", "Lists the rules: number, name, severity, category, title.")
    {
        format.AcceptOnlyFromAmong("text", "json");
        Options.Add(format);
        SetAction(parsed =>
        {
            var render = parsed.GetValue(format) == "json" ? (Func<RuleCatalog, string>)RuleList.ToJson : RuleList.ToText;
            parsed.InvocationConfiguration.Output.Write(render(loadRules()));
            return ExitStatus.Clean;
        });
    }
}
