using System.CommandLine;
using Review.Cli.Output;
using Review.Cli.Pages;
using Review.Core.Engine;

namespace Review.Cli.Commands;

/// <summary><c>mmreview explain RULE</c>: the rule's page.</summary>
internal sealed class ExplainCommand : Command
{
    private readonly Argument<string> rule = new("RULE") { Description = "A rule's name or number, e.g. stale-prev or KMM1001" };
    private readonly Option<string> format = new("--format") { Description = "text or html", DefaultValueFactory = _ => "text" };
    private readonly Option<string[]> analyzers = new("--analyzer") { Description = "An assembly with rules of your own" };

    public ExplainCommand()
        : base("explain", "Explains a rule: what it finds, why that is wrong, examples, limits.")
    {
        format.AcceptOnlyFromAmong("text", "html");
        Arguments.Add(rule);
        Options.Add(format);
        Options.Add(analyzers);
        SetAction(parsed =>
        {
            var page = Find(RuleAssemblies.LoadCatalog(parsed.GetValue(analyzers)!), parsed.GetValue(rule)!, out var found);
            var text = parsed.GetValue(format) == "html"
                ? page.ToHtml($"{found.Name} ({found.Number})")
                : page.ToTerminal(Terminal.Width, Terminal.UseColors);
            parsed.InvocationConfiguration.Output.Write(text);
            return ExitStatus.Clean;
        });
    }

    /// <summary>The page of a rule.</summary>
    /// <exception cref="UserError">There is no such rule, or a rule of somebody else's has no page.</exception>
    internal static RulePage Find(RuleCatalog catalog, string name, out RuleInfo found)
    {
        found = catalog.Find(name) ?? throw new UserError(catalog.Complain(name), "mmreview rules lists them");
        return RulePage.Parse(found.ReadPage() ?? throw new UserError($"{found.Name} comes without a page", $"ask whoever made {found.Assembly.GetName().Name}"));
    }
}
