using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Review.Cli;

namespace Review.Dev.NewRule;

/// <summary>The three files that a rule consists of, as a beginning.</summary>
internal sealed partial class RuleFiles
{
    private readonly string name;
    private readonly string number;
    private readonly string area;

    /// <summary>Names a rule.</summary>
    /// <param name="name">The name people type, e.g. <c>stale-prev</c>.</param>
    /// <param name="number">Its number, e.g. <c>KMM1001</c>.</param>
    /// <param name="area">The folder it belongs to, e.g. <c>Vma</c>.</param>
    /// <exception cref="UserError">One of them is not of that form.</exception>
    public RuleFiles(string name, string number, string area)
    {
        this.name = RuleName().IsMatch(name) ? name : throw new UserError($"'{name}' is no rule name", "use lower case words joined by hyphens, e.g. stale-prev");
        this.number = Number().IsMatch(number) ? number : throw new UserError($"'{number}' is no rule number", "use KMM and four digits");
        this.area = Area().IsMatch(area) ? area : throw new UserError($"'{area}' is no area", "use one word, e.g. Vma");
        Stem = string.Concat(name.Split('-').Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));
    }

    /// <summary>The name of the class and of the files.</summary>
    public string Stem { get; }

    /// <summary>Path inside the repository, and text.</summary>
    public ImmutableArray<(string Path, string Text)> Files =>
    [
        ($"analyzers/Review.Rules/{area}/{Stem}.cs", Class),
        ($"analyzers/Review.Rules/{area}/{Stem}.md", Page),
        ($"tests/fixtures/rules/{Stem}.c", Fixture),
    ];

    private string Class => $$"""
        using System.Collections.Immutable;
        using Microsoft.CodeAnalysis;
        using Review.Core.Diagnostics;
        using Review.Core.Engine;

        namespace Review.Rules.{{area}};

        /// <summary>Say here what goes wrong in the kernel when this rule is broken.</summary>
        public sealed class {{Stem}} : KernelAnalyzer
        {
            private static readonly DiagnosticDescriptor Rule = RuleDescriptor.Create(
                "{{number}}", "{{name}}", "What the rule is about", "{0}() does what it must not", "{{area}}", DiagnosticSeverity.Warning);

            public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

            public override void Initialize(KernelAnalysisContext context) => context.RegisterFunctionAction(Analyze);

            private static void Analyze(FunctionAnalysisContext context)
            {
                // context.Report(Rule, node, context.Function.Name);
            }
        }

        """;

    private string Page => $"""
        # {name}

        What goes wrong in the kernel, and what the rule reports.

        ## Bad

        ```c
        void wrong(void)
        """ + "\n{\n}\n" + """
        ```

        ## Good

        ```c
        void right(void)
        """ + "\n{\n}\n" + $"""
        ```

        ## Cure

        What to write instead.

        ## Heard as

        `word another`, `word third`

        ## Limits

        None known.

        Silence a finding with `/* mmreview: allow {name} -- reason */`.

        """;

    private string Fixture => $$"""
        /* {{name}}: say what the functions show. */
        #include "mm.h"

        void wrong_bad(void)
        {
        	printk("wrong");	/* want "wrong_bad() does what it must not" */
        }

        void right_ok(void)
        {
        	printk("right");
        }

        """;

    [GeneratedRegex("^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex RuleName();

    [GeneratedRegex("^KMM[0-9]{4}$")]
    private static partial Regex Number();

    [GeneratedRegex("^[A-Z][A-Za-z]*$")]
    private static partial Regex Area();
}
