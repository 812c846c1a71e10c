using System.Globalization;
using System.Text.RegularExpressions;
using Review.Core.Engine;
using Review.Rules.Vma;

namespace Review.Tests.Rules;

/// <summary>Whatever a rule can say, its fixture or its page makes it say: a check that nothing shows is one that nobody misses when it breaks.</summary>
public sealed partial class ShownMessageTests
{
    public static TheoryData<string> Classes => [.. RuleRun.Own.Select(static rule => rule.PageStem)];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Every_message_is_shown(string @class)
    {
        var rule = RuleRun.RuleOf(@class);
        var path = $"rules/{@class}.c";
        var code = PageTests.Examples(@class, "Bad").Select(static example => "#include \"mm.h\"\n" + example).Prepend(File.ReadAllText(Path.Combine(RuleRun.Folder, path)));
        var messages = code.SelectMany(text => RuleRun.Run(RuleRun.Parse(path, text), rule.Name).Findings).Select(static finding => finding.Message).ToList();
        string[] unseen = [.. DescriptorsOf(@class).Select(static descriptor => descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture))
            .Where(format => !messages.Exists(message => Regex.IsMatch(message, "^" + Argument().Replace(Regex.Escape(format), ".*") + "$", RegexOptions.None, TimeSpan.FromSeconds(1))))];
        Assert.Equal([], unseen);
    }

    private static IEnumerable<Microsoft.CodeAnalysis.DiagnosticDescriptor> DescriptorsOf(string @class) =>
        ((KernelAnalyzer)Activator.CreateInstance(typeof(StalePrev).Assembly.GetTypes().Single(type => type.Name == @class && type.IsSubclassOf(typeof(KernelAnalyzer))))!).SupportedDiagnostics;

    [GeneratedRegex(@"\\\{[0-9]+}")]
    private static partial Regex Argument();
}
