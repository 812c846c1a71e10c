using System.CommandLine;
using Review.Cli;

namespace Review.Dev.NewRule;

/// <summary>Writes the three files of a rule: they compile, and the fixture fails until the rule finds its bug.</summary>
internal sealed class NewRuleCommand : Command
{
    private readonly Argument<string> name = new("NAME") { Description = "the name people type: lower case, words joined by hyphens" };
    private readonly Option<string> number = new("--number") { Description = "its number, KMM and four digits", Required = true };
    private readonly Option<string> area = new("--area") { Description = "the folder of analyzers/Review.Rules it belongs to, e.g. Vma", Required = true };
    private readonly Option<string> root = new("--root") { Description = "the repository", DefaultValueFactory = static _ => "." };

    public NewRuleCommand()
        : base("new-rule", "Writes the class, the page and the fixture of a rule")
    {
        Arguments.Add(name);
        Options.Add(number);
        Options.Add(area);
        Options.Add(root);
        SetAction(parsed => Run(new RuleFiles(parsed.GetValue(name)!, parsed.GetValue(number)!, parsed.GetValue(area)!), parsed.GetValue(root)!));
    }

    private static int Run(RuleFiles rule, string root)
    {
        foreach (var (path, _) in rule.Files)
        {
            if (File.Exists(Path.Combine(root, path)))
            {
                throw new UserError($"{path} exists", "choose another name");
            }
        }

        foreach (var (path, text) in rule.Files)
        {
            var file = Path.Combine(root, path);
            _ = Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
            Console.WriteLine(path);
        }

        return ExitStatus.Clean;
    }
}
