using FsCheck;
using FsCheck.Fluent;
using Review.Core.Diagnostics;

namespace Review.Tests.Report;

public class NormalizedStatementTests
{
    [Theory]
    [InlineData("end = vma->vm_end;", "end=vma->vm_end;")]
    [InlineData("  end\t=\n\t\tvma->vm_end ; ", "end=vma->vm_end;")]
    [InlineData("a /* why */ = b; // so", "a=b;")]
    [InlineData("return x;", "return x;")]
    [InlineData("a - -b", "a- -b")]
    [InlineData("a = *p / *q", "a=*p/ *q")]
    [InlineData("x = y & &z", "x=y& &z")]
    [InlineData("pr(\"a  /* b */ c\")", "pr(\"a  /* b */ c\")")]
    [InlineData("c = '\\'' ;", "c='\\'';")]
    [InlineData("a \\\n b", "a b")]
    [InlineData("a /* never closed", "a")]
    [InlineData("", "")]
    public void White_space_and_comments_do_not_count(string text, string expected) =>
        Assert.Equal(expected, NormalizedStatement.Of(text));

    [Fact]
    public void Any_gaps_between_the_same_tokens_give_the_same_text()
    {
        var token = Gen.Elements("a", "vma", "42", "->", "-", "--", "*", "/", "&", "&&", "=", "==", "<", "<<=", "(", ")", ";", "\"s /* t\"", "'c'", ".5");
        var gap = Gen.Elements(" ", "\t", "\n", " /* c */ ", " // x\n", " \\\n ");
        var statement = token.Zip(gap).Zip(gap, (one, two) => (one.Item1, one.Item2, two)).ListOf();
        Prop.ForAll(statement.ToArbitrary(), tokens =>
                NormalizedStatement.Of(string.Concat(tokens.Select(t => t.Item1 + t.Item2)))
                == NormalizedStatement.Of(string.Concat(tokens.Select(t => t.Item1 + t.two))))
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Different_tokens_give_different_texts()
    {
        var token = Gen.Elements("a", "b1", "1", "->", "-", "--", "-=", "+", "++", "/", "*", "&", "&&", "|", "=", "==", "<", "<<", "<<=", ".", "...", "(", ";", "\"s\"", "'c'");
        var pair = token.ListOf().Zip(token.ListOf());
        Prop.ForAll(pair.ToArbitrary(), two =>
                two.Item1.SequenceEqual(two.Item2)
                == (NormalizedStatement.Of(string.Join(' ', two.Item1)) == NormalizedStatement.Of(string.Join(' ', two.Item2))))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithEndSize(6));
    }
}
