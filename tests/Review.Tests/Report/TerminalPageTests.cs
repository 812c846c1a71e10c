using FsCheck;
using FsCheck.Fluent;
using Review.Cli.Output;
using Review.Cli.Pages;

namespace Review.Tests.Report;

public class TerminalPageTests
{
    /// <summary>Every construct that a rule's page may use.</summary>
    public const string Everything = """
        # stale-prev (KMM1001): *prev* after a drop

        A paragraph with **bold**, *emphasis*, `code like *prev = NULL`, a [link](https://docs.kernel.org/mm/) and <https://lore.kernel.org>. It is
        long enough to be wrapped, and &amp; an entity.\
        A hard break.

        ## Fires when

        - one
        - two with a text that is long enough that it has to be wrapped at the end of the line, under itself
          - nested `x`
        - three

        1. first

           with a second paragraph
        2. second

        ### Example

        ```c
        	if (!vma)
        		return -EAGAIN; /* <b>raw</b> */

        	*prev = vma;
        ```

            indented code

        > quoted **text**
        > goes on

        | lock | held | remark |
        |---|---|---|
        | `mmap_lock` | read | a remark so long that the table would be wider than the page if it were not wrapped in its column |
        | pte | **no** | - |

        ---

        <b>raw</b> <script>alert(1)</script>
        """;

    [Fact]
    public void Every_construct_has_its_form_in_plain_text() => Assert.Equal(
        """
        stale-prev (KMM1001): prev after a drop
        =======================================

        A paragraph with bold, emphasis, `code like *prev = NULL`, a link
        (https://docs.kernel.org/mm/) and <https://lore.kernel.org>. It is long enough
        to be wrapped, and & an entity.
        A hard break.

        Fires when
        ----------

        - one
        - two with a text that is long enough that it has to be wrapped at the end of
          the line, under itself
          - nested `x`
        - three

        1. first

           with a second paragraph

        2. second

        Example

            if (!vma)
                    return -EAGAIN; /* <b>raw</b> */

            *prev = vma;

            indented code

        | quoted text goes on

        lock         held  remark
        -----------  ----  -----------------------------------------------------------
        `mmap_lock`  read  a remark so long that the table would be wider than the
                           page if it were not wrapped in its column
        pte          no    -

        ------------------------------------------------------------------------------

        <b>raw</b> <script>alert(1)</script>

        """,
        RulePage.Parse(Everything).ToTerminal(78, useColors: false));

    [Fact]
    public void Colours_replace_marks_and_change_no_line_breaks()
    {
        var colored = RulePage.Parse(Everything).ToTerminal(78, useColors: true);
        Assert.Contains("\e[1mbold\e[0m", colored, StringComparison.Ordinal);
        Assert.Contains("\e[3memphasis\e[0m", colored, StringComparison.Ordinal);
        Assert.Contains("\e[36mmmap_lock\e[0m", colored, StringComparison.Ordinal);
        Assert.DoesNotContain('`', colored);
        Assert.DoesNotContain("====", colored, StringComparison.Ordinal);
        Assert.All(colored.Split('\n'), line => Assert.InRange(Ansi.WidthOf(line), 0, 78));
    }

    [Fact]
    public void No_line_is_wider_than_the_page_unless_a_word_is() =>
        Prop.ForAll(
            Gen.Elements("a", "word", "mmap_lock", "`x y`", "**bold**", "宽", "e\u0301", "*so*", "\\\n").ListOf().ToArbitrary(),
            Gen.Choose(20, 100).ToArbitrary(),
            (words, width) =>
            {
                var text = string.Join(' ', words);
                return RulePage.Parse($"{text}\n\n- {text}\n\n| a | b |\n|---|---|\n| {text.Replace("\n", "", StringComparison.Ordinal)} | c |\n")
                    .ToTerminal(width, useColors: true).Split('\n').All(line => Ansi.WidthOf(line) <= width);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_page_cannot_drive_the_terminal() =>
        HostileResult.AssertHarmlessOnTerminal(RulePage.Parse("# a\e[2J\n\n`b\a`\n\n\tc\u202e\n").ToTerminal(78, useColors: false));

    [Fact]
    public void The_html_page_shows_raw_html_as_text()
    {
        var html = RulePage.Parse(Everything).ToHtml("stale <prev>");
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<title>stale &lt;prev&gt;</title>", html, StringComparison.Ordinal);
        Assert.Contains("<table>", html, StringComparison.Ordinal);
        Assert.Contains("style-src 'unsafe-inline'", html, StringComparison.Ordinal);
    }
}
