using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Review.Clang;
using Review.Core.Syntax;

namespace Review.Tests.Clang;

/// <summary>The parser as an object: many files, several threads, its memory, its end; and files that nobody would write.</summary>
public sealed class ParserTests
{
    internal const string Code = $$"""
        {{Snippet.Prelude}}
        #define MIN(a, b) ({ __auto_type x = (a); __auto_type y = (b); x < y ? x : y; })
        static const struct node table[] = { [0] = { .value = 1 }, [1] = { .in.x = 2 } };
        int f(int a, struct node *p)
        {
        	int i, sum = 0;

        	for (i = 0; i < MIN(a, 4); i++) {
        		switch (p->array[i]) {
        		case GREEN ... BLUE:
        			sum += table[i].value ?: 1;
        			break;
        		default:
        			goto out;
        		}
        	}
        out:
        	asm volatile("" : "+r" (sum) : : "memory");
        	return sum;
        }

        """;

    private static readonly string[] Vocabulary =
    [
        "int", "long", "static", "struct", "node", "enum", "union", "typedef", "extern", "inline", "const", "void", "_Bool", "typeof", "__auto_type", "sizeof", "_Alignof", "_Generic",
        "if", "else", "for", "while", "do", "switch", "case", "default", "break", "continue", "return", "goto", "asm", "volatile", "__label__", "__builtin_offsetof", "__builtin_va_arg",
        "__builtin_choose_expr", "__builtin_types_compatible_p", "__attribute__", "((", "))", "f", "g", "x", "y", "p", "0", "1", "5UL", "'c'", "\"s\"", "1.0", "(", ")", "{", "}", "[", "]",
        ";", ";", ";", ",", ":", "?", "=", "==", "+", "-", "*", "/", "&", "&&", "||", "!", "~", "->", ".", "...", "++", "--", "<<", "+=",
        "\n#define", "\n#define M(x) x\n", "M(", "\n#if 0\n", "\n#endif\n", "\n#undef", "##", "#", "\n", "/*", "*/", "//", "\\\n", "\0", "\u001a", "int f(int x, struct node *p) {", "}\n",
    ];

    [Fact]
    public void Any_sequence_of_tokens_ends_in_a_unit()
    {
        using var parser = new ClangParser();
        var soup = Gen.Elements(Vocabulary).ListOf().Select(static words => string.Join(' ', words));
        var config = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(4711, 1).WithEndSize(120);
        Prop.ForAll(soup.ToArbitrary(), text => IsConsistent(parser.Parse(Snippet.Request(Encoding.UTF8.GetBytes(text))))).Check(config);
    }

    [Fact]
    public void A_real_function_with_any_part_replaced_ends_in_a_unit()
    {
        using var parser = new ClangParser();
        var words = Code.Split(' ');
        var edits = from place in Gen.Choose(0, words.Length - 1)
            from length in Gen.Choose(0, 4)
            from word in Gen.Elements(Vocabulary)
            select string.Join(' ', words.Take(place).Append(word).Concat(words.Skip(place + length)));
        var config = Config.QuickThrowOnFailure.WithMaxTest(400).WithReplay(4711, 1);
        Prop.ForAll(edits.ToArbitrary(), text => IsConsistent(parser.Parse(Snippet.Request(Encoding.UTF8.GetBytes(text))))).Check(config);
    }

    [Fact]
    public void Two_parsers_in_two_threads_make_the_trees_of_one()
    {
        var codes = Enumerable.Range(0, 40).Select(static i => Code.Replace("sum", $"sum{i}", StringComparison.Ordinal).Replace("int i", new string(' ', i) + "int i", StringComparison.Ordinal)).ToArray();
        string[] alone = [.. codes.Select(static code => TreeDump.Of(Snippet.Parse(code)))];
        var together = new string[codes.Length];
        var threads = Enumerable.Range(0, 2).Select(half => new Thread(() =>
        {
            using var parser = new ClangParser();
            for (var i = half; i < codes.Length; i += 2)
            {
                together[i] = TreeDump.Of(parser.Parse(Snippet.Request(Encoding.UTF8.GetBytes(codes[i]))));
            }
        })).ToArray();
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        Assert.Equal(alone, together);
        Assert.Contains("ForStatement", alone[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_outlives_its_parser()
    {
        var function = Snippet.Function(Code);
        GC.Collect();
        Assert.Equal("MIN", function.Macros[0].Name);
        Assert.Contains("ForStatement", TreeDump.Of(function.Body), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parser_that_was_disposed_says_so_and_may_be_disposed_again()
    {
        var parser = new ClangParser();
        parser.Dispose();
        parser.Dispose();
        Assert.Throws<ObjectDisposedException>(() => parser.Parse(Snippet.Request([])));
    }

    [Fact]
    public void Arguments_that_clang_does_not_take_are_an_exception_of_their_own()
    {
        using var parser = new ClangParser();
        Assert.Throws<ClangFailedException>(() => parser.Parse(Snippet.Request("int x;"u8.ToArray(), "--target=nonsense-none")));
        Assert.Single(parser.Parse(Snippet.Request("int x;"u8.ToArray())).Globals);
    }

    [Fact]
    public void A_null_reference_of_ours_is_still_an_exception()
    {
        // libclang's crash recovery would take the signal and end the process.
        using var parser = new ClangParser();
        _ = parser.Parse(Snippet.Request("int x;"u8.ToArray()));
        string? nothing = Environment.GetEnvironmentVariable("MMREVIEW_NO_SUCH_VARIABLE");
        Assert.Throws<NullReferenceException>(() => nothing!.Length);
    }

    /// <summary>Every function that the file shows is there once, as a tree or as a problem, and every span lies in the file.</summary>
    private static bool IsConsistent(TranslationUnit unit)
    {
        var nodes = unit.Functions.SelectMany(static function => function.Body.DescendantsAndSelf());
        return nodes.All(node => node.Span.Start >= 0 && node.Span.Start <= node.Span.End && node.Span.End <= unit.Text.Length)
            && unit.Problems.All(static problem => problem.Reason.Length > 0)
            && unit.Functions.All(function => !unit.Messages.Any(message => message.Severity >= CompilerSeverity.Error && message.Path == unit.Path && function.Span.Contains(message.Offset)));
    }
}
