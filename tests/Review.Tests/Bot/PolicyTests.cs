using Review.Bot.Configuration;
using Review.Bot.Policies;

namespace Review.Tests.Bot;

/// <summary>Every combination of what a policy can say, against the sentence it comes down to: the least of all wins, and a mute is the least.</summary>
public sealed class PolicyTests
{
    private const string Author = "author@example.org";
    private const string From = "linux-mm@kvack.org";
    private const string Other = "linux-kernel@vger.kernel.org";
    private const string Reader = "reader@example.org";

    private static readonly Reach?[] Reaches = [null, Reach.Mute, Reach.Drafts, Reach.Author, Reach.All];

    [Fact]
    public void The_least_that_anybody_says_holds_and_a_mute_wins()
    {
        var rows = 0;
        foreach (var byDefault in Reaches)
        {
            foreach (var from in Reaches)
            {
                foreach (var other in Reaches)
                {
                    foreach (var person in Reaches)
                    {
                        foreach (var muted in (string[])["", "author", "from", "other"])
                        {
                            Check(byDefault, from, other, person, muted);
                            rows++;
                        }
                    }
                }
            }
        }

        Assert.Equal(5 * 5 * 5 * 5 * 4, rows);
    }

    [Fact]
    public void Every_cap_holds_by_itself_and_with_the_others()
    {
        foreach (var (thread, list, day, own) in from thread in Enumerable.Range(0, 4) from list in Enumerable.Range(0, 4) from day in Enumerable.Range(0, 4) from own in Enumerable.Range(-1, 4) select (thread, list, day, own))
        {
            var policy = new MailPolicy { Caps = new MailCaps(1, thread, list, day) };
            if (own >= 0)
            {
                policy = policy with { Lists = policy.Lists.Add(From, new PolicyEntry { PerDay = own }) };
            }

            foreach (var (had, hadList, hadDay) in from a in Enumerable.Range(0, 4) from b in Enumerable.Range(0, 4) from c in Enumerable.Range(0, 4) select (a, b, c))
            {
                var mayGo = had < thread && hadList < list && hadDay < day && (own < 0 || hadList < own);
                Assert.Equal(mayGo, policy.Cap(From, had, hadList, hadDay) is null);
            }
        }
    }

    [Theory]
    [InlineData("confirmed build", false, false, false)]
    [InlineData("confirmed build", false, true, true)]
    [InlineData("confirmed build", true, false, true)]
    [InlineData("confirmed build", true, true, true)]
    [InlineData("confirmed", true, false, false)]
    [InlineData("build", false, true, false)]
    [InlineData("", true, true, false)]
    [InlineData("a-rule", false, false, true)]
    [InlineData("b-rule", true, true, false)]
    public void Only_what_is_named_may_be_mailed(string rules, bool isBuild, bool isConfirmed, bool mayBe)
    {
        var policy = new MailPolicy { Rules = [.. rules.Split(' ', StringSplitOptions.RemoveEmptyEntries)] };
        Assert.Equal(mayBe, policy.Refuse("a-rule", isBuild, isConfirmed) is null);
        Assert.NotNull((policy with { NeverRules = ["a-rule"] }).Refuse("a-rule", isBuild, isConfirmed));
    }

    [Fact]
    public void A_reply_to_all_reaches_no_list_that_is_not_allowed_and_nobody_who_is_muted()
    {
        var policy = MailPolicyReader.Read("p", $"lists:\n  {From}: {{reply: all, cc: [keeper@example.org], embargo_hours: 3}}\npeople:\n  quiet@example.org: mute\n  slow@example.org: {{embargo_hours: 48}}\nembargo_hours: 1\n");
        var question = new PolicyQuestion(Author, From, [From, Other, Reader, "quiet@example.org", "busy@example.org", "l@lists.example.org"]);
        var answer = policy.Decide(question, new HashSet<string>(StringComparer.Ordinal) { "busy@example.org" });
        Assert.Equal(Reach.All, answer.Reach);
        Assert.Equal((string[])[From, Reader, "keeper@example.org"], answer.Cc.AsEnumerable());
        Assert.Equal(TimeSpan.FromHours(3), answer.Embargo);
        Assert.Equal(TimeSpan.FromHours(48), policy.Decide(question with { Author = "slow@example.org" }, new HashSet<string>(StringComparer.Ordinal)).Embargo);
    }

    private static void Check(Reach? byDefault, Reach? from, Reach? other, Reach? person, string muted)
    {
        var policy = new MailPolicy { Default = new PolicyEntry { Reach = byDefault } };
        policy = policy with
        {
            Lists = from is null ? policy.Lists : policy.Lists.Add(From, new PolicyEntry { Reach = from }),
            People = person is null ? policy.People : policy.People.Add(Author, new PolicyEntry { Reach = person }),
        };
        policy = other is null ? policy : policy with { Lists = policy.Lists.Add(Other, new PolicyEntry { Reach = other }) };
        var silent = new HashSet<string>(StringComparer.Ordinal);
        _ = muted.Length > 0 && silent.Add(muted switch { "author" => Author, "from" => From, _ => Other });

        var answer = policy.Decide(new PolicyQuestion(Author, From, [From, Other, Reader]), silent);

        var lists = ((Reach?[])[from, other]).OfType<Reach>().DefaultIfEmpty(byDefault ?? Reach.Drafts);
        var expected = muted.Length > 0 ? Reach.Mute : lists.Append(person ?? Reach.All).Min();
        Assert.Equal(expected, answer.Reach);
        Assert.Equal(expected == Reach.All, answer.Reason.Length == 0);
        if (expected is Reach.Mute or Reach.Author)
        {
            Assert.Empty(answer.Cc);
        }
        else
        {
            Assert.Equal(from == Reach.All, answer.Cc.Contains(From));
            Assert.Equal(other == Reach.All, answer.Cc.Contains(Other));
            Assert.Contains(Reader, answer.Cc);
        }
    }
}
