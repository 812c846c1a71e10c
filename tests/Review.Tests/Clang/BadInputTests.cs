using System.Text;
using Review.Clang;
using Review.Core.Source;
using Review.Core.Syntax;
using Review.Tests.Cli;

namespace Review.Tests.Clang;

/// <summary>C that is wrong or hostile: what can be analysed is, what cannot is said, and nothing falls over.</summary>
public sealed class BadInputTests
{
    private const string Neighbours = "int before(void) { return 1; }\nint bad(int a)\n{\n%\n}\nint after(void) { return 2; }\n";

    [Theory]
    [InlineData("return undeclared;", "use of undeclared identifier 'undeclared'")]
    [InlineData("return a +;", "expected expression")]
    [InlineData("switch (a) { case 1: case 1: break; } return 0;", "duplicate case value")]
    [InlineData("goto nowhere;", "use of undeclared label")]
    [InlineData("struct s x; return 0;", "incomplete type")]
    [InlineData("break;", "'break' statement not in loop")]
    [InlineData("return *a;", "indirection requires pointer operand")]
    public void A_function_with_an_error_is_a_problem_and_its_neighbours_are_not(string statement, string reason)
    {
        var unit = Snippet.Parse(Neighbours.Replace("%", statement, StringComparison.Ordinal));
        Assert.Equal(["before", "after"], unit.Functions.Select(static function => function.Name));
        var problem = Assert.Single(unit.Problems);
        Assert.Equal("bad", problem.Function);
        Assert.Contains(reason, problem.Reason, StringComparison.Ordinal);
        Assert.Equal(2, unit.Text.PositionOf(problem.Span.Start).Line);
    }

    [Fact]
    public void A_function_with_an_included_file_in_it_is_a_problem_and_its_neighbours_are_not()
    {
        using var folder = new TemporaryFolder();
        folder.Write("cases.h", string.Concat(Enumerable.Range(1, 200).Select(static number => $"case {number}: return {number} + a;\n")));
        var unit = Snippet.Parse(Neighbours.Replace("%", $"switch (a) {{\n#include \"{folder.At("cases.h")}\"\n}} return 0;", StringComparison.Ordinal));
        Assert.Equal(["before", "after"], unit.Functions.Select(static function => function.Name));
        Assert.Equal("a part of it stands in a file that is included there", Assert.Single(unit.Problems).Reason);
    }

    [Fact]
    public void A_function_that_misses_a_brace_swallows_what_follows_and_says_so()
    {
        var unit = Snippet.Parse("int before(void) { return 1; }\nint bad(void)\n{\n\tif (1) {\n\treturn 2;\n}\nint after(void) { return 2; }\n");
        Assert.Equal(["before"], unit.Functions.Select(static function => function.Name));
        Assert.Contains(unit.Problems, static problem => problem.Function == "bad");
    }

    [Fact]
    public void An_error_outside_functions_is_never_passed_over()
    {
        var unit = Snippet.Parse("int f(void) { return 1; }\nint x = ;\n");
        Assert.Equal("f", Assert.Single(unit.Functions).Name);
        Assert.Equal((CompilerSeverity.Error, 2), (Assert.Single(unit.Messages).Severity, unit.Messages[0].Line));
    }

    [Fact]
    public void What_cannot_be_read_because_of_an_error_elsewhere_is_the_codes_fault()
    {
        // Behind a header that is missing clang says no more, whatever is wrong.
        var unit = Snippet.Parse("#include <linux/no_such.h>\nint g(void *);\nint f(void)\n{\n\tstruct missing it;\n\n\treturn g(&it);\n}\n");
        var problem = Assert.Single(unit.Problems);
        Assert.Equal(("f", true), (problem.Function, problem.IsInvalidCode));
        Assert.Contains("'linux/no_such.h' file not found", problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_header_is_an_error_of_the_file()
    {
        var unit = Snippet.Parse("#include <linux/no_such.h>\nint f(void) { return 1; }\n");
        var error = Assert.Single(unit.Messages);
        Assert.Equal((CompilerSeverity.Fatal, Snippet.Path, 1), (error.Severity, error.Path, error.Line));
        Assert.Contains("'linux/no_such.h' file not found", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_error_is_a_message_with_its_notes()
    {
        var unit = Snippet.Parse("int g(int);\nint f(void)\n{\n\treturn g(1, 2);\n}\n");
        var error = Assert.Single(unit.Messages);
        Assert.Equal((CompilerSeverity.Error, Snippet.Path, 4, 14), (error.Severity, error.Path, error.Line, error.Column));
        Assert.Equal(1, Assert.Single(error.Notes).Line);
    }

    [Fact]
    public void Warnings_come_only_when_asked_for()
    {
        const string text = "int f(int a) { switch (a) { case 1: a = 2; } if (a = 3) return 1; return 0; }";
        Assert.Empty(Snippet.Parse(text).Messages);
        using var parser = new ClangParser();
        var unit = parser.Parse(Snippet.Request(Encoding.UTF8.GetBytes(text)) with { WithWarnings = true });
        var warning = Assert.Single(unit.Messages);
        Assert.Equal((CompilerSeverity.Warning, "-Wparentheses"), (warning.Severity, warning.Option));
        Assert.Single(unit.Functions);
        Assert.Empty(unit.Problems);
    }

    [Fact]
    public void Messages_name_no_folder_and_say_what_stops_the_build()
    {
        const string text = "struct { int a; } x; int *p = &x; int f(int a) { if (a = 1) return 2; return 0; }";
        using var parser = new ClangParser();
        var request = Snippet.Request(Encoding.UTF8.GetBytes(text)) with { WithWarnings = true, Errors = ["-Wincompatible-pointer-types"] };
        var messages = parser.Parse(request).Messages;
        Assert.Equal([("-Wincompatible-pointer-types", true), ("-Wparentheses", false)], messages.Select(static message => (message.Option, message.StopsTheBuild)));
        Assert.All(messages, static message => Assert.Equal(CompilerSeverity.Warning, message.Severity));
        Assert.Contains($"at {Snippet.Path}:1:1", messages[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/snippet/tree", messages[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_that_the_preprocessor_leaves_out_are_known()
    {
        const string text = "#if 0\nint g(void) { return }\n#else\nint f(void) { return 1; }\n#endif\n#ifdef NEVER\nint h;\n#endif\n";
        var unit = Snippet.Parse(text);
        Assert.Equal("f", Assert.Single(unit.Functions).Name);
        Assert.Empty(unit.Problems);
        Assert.Equal([(1, 3), (6, 8)], unit.Skipped.Select(span => (unit.Text.PositionOf(span.Start).Line, unit.Text.PositionOf(span.End).Line)));
    }

    [Fact]
    public void Comments_are_kept_in_order_and_strings_are_none()
    {
        var unit = Snippet.Parse("/* one */ int f(void) { // two\n\tconst char *s = \"/* no */\"; /* th\n\tree */ return *s; }\n");
        Assert.Equal(["/* one */", "// two", "/* th\n\tree */"], unit.Comments.Select(static comment => comment.Text));
        Assert.All(unit.Comments, comment => Assert.Equal(comment.Text, unit.Text.Slice(comment.Span)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("// only a comment")]
    [InlineData("\ufeff")]
    public void Files_without_code_are_empty_units(string text)
    {
        var unit = Snippet.Parse(text);
        Assert.Empty(unit.Functions);
        Assert.Empty(unit.Problems);
    }

    [Theory]
    [InlineData("int f(void) { return 1; }")]
    [InlineData("int f(void)\r\n{\r\n\treturn 1;\r\n}\r\n")]
    [InlineData("\ufeffint f(void) { return 1; }\n")]
    [InlineData("int f(void) { return \\\n1; }\n")]
    [InlineData("int f(void) { return 1; }\u000c\n")]
    public void Line_ends_and_byte_order_marks_do_not_matter(string text)
    {
        var unit = Snippet.Parse(text);
        Assert.Empty(unit.Problems);
        Assert.Equal("return 1;", Unparse.Of(Assert.Single(unit.Functions).Body.Statements[0]));
    }

    [Fact]
    public void A_file_that_ends_anywhere_is_no_disaster()
    {
        var text = Encoding.UTF8.GetBytes($"{Snippet.Prelude}#define M(x) (x)\nint f(int a) {{ /* c */ for (;;) {{ switch (a) {{ case 'x': return M(a) + sizeof(\"s\"); }} }} }}\n");
        using var parser = new ClangParser();
        for (var length = text.Length - 1; length > 0; length -= 2)
        {
            var unit = parser.Parse(Snippet.Request(text[..length]));
            Assert.Equal(length == text.Length - 1, unit.Functions.Any(static function => function.Name == "f"));
        }
    }

    [Theory]
    [InlineData("int f(void) { return 1; }\0int g(void) { return 2; }\n")]
    [InlineData("\0\0\0\0")]
    [InlineData("int f(void) { char c = '\0'; return c; }")]
    public void Zero_bytes_do_no_harm(string text) => Assert.NotNull(Snippet.Parse(text));

    [Fact]
    public void A_character_that_ends_the_file_for_clang_does_not_hide_the_rest()
    {
        var unit = Snippet.Parse("int f(void) { return 1; }\n\u001a\nint g(void) { return 2; }\n");
        Assert.Equal("f", Assert.Single(unit.Functions).Name);
        Assert.Equal((CompilerSeverity.Error, 2), (Assert.Single(unit.Messages).Severity, unit.Messages[0].Line));
    }

    [Fact]
    public void Binary_garbage_is_no_disaster()
    {
        using var parser = new ClangParser();
        for (var seed = 0; seed < 20; seed++)
        {
            var bytes = new byte[4096];
            new Random(seed).NextBytes(bytes);
            var unit = parser.Parse(Snippet.Request(bytes));
            Assert.Contains(unit.Messages, static message => message.Severity >= CompilerSeverity.Error);
            Assert.Empty(unit.Functions);
        }
    }

    [Theory]
    [InlineData("sum", 20_000)]
    [InlineData("parentheses", 2_000)]
    [InlineData("blocks", 2_000)]
    [InlineData("ifs", 2_000)]
    [InlineData("else ifs", 2_000)]
    [InlineData("negations", 20_000)]
    [InlineData("casts", 2_000)]
    [InlineData("conditionals", 2_000)]
    [InlineData("assignments", 2_000)]
    [InlineData("cases", 20_000)]
    [InlineData("labels", 2_000)]
    [InlineData("statement expressions", 200)]
    [InlineData("calls", 2_000)]
    public void Deep_nesting_ends_in_a_tree_or_in_a_problem(string what, int depth)
    {
        string Times(string text) => string.Concat(Enumerable.Repeat(text, depth));
        var statement = what switch
        {
            "sum" => $"return a{Times(" + a")};",
            "parentheses" => $"return {Times("(")}a{Times(")")};",
            "blocks" => $"{Times("{")}{Times("}")}",
            "ifs" => $"{Times("if (a) ")};",
            "else ifs" => $"{Times("if (a) ; else ")};",
            "negations" => $"return {Times("- ")}a;",
            "casts" => $"return {Times("(int)")}a;",
            "conditionals" => $"return {Times("a ? a : ")}a;",
            "assignments" => $"{Times("a = ")}a;",
            "cases" => $"switch (a) {{ {string.Concat(Enumerable.Range(0, depth).Select(static i => $"case {i}: "))}; }}",
            "labels" => $"{string.Concat(Enumerable.Range(0, depth).Select(static i => $"l{i}: "))};",
            "statement expressions" => $"return {Times("({ ")}a;{Times(" });")}",
            _ => $"return {Times("f(")}a{Times(")")};",
        };
        var unit = Snippet.Parse($"int f(int a)\n{{\n{statement}\n}}\nint after(void) {{ return 2; }}\n");
        Assert.Equal(1, unit.Functions.Count(static function => function.Name == "f") + unit.Problems.Count(static problem => problem.Function == "f"));
        if (unit.Functions.FirstOrDefault(static function => function.Name == "f") is { } function)
        {
            Assert.True(function.Body.DescendantsAndSelf().Count() > depth);
        }
    }
}
