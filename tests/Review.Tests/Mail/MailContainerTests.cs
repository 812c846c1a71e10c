using System.Text;
using Review.Patches.Mail;

namespace Review.Tests.Mail;

/// <summary>Mailboxes are cut where mails begin.</summary>
public sealed class MailContainerTests
{
    private const string Mail = "From: a <a@b.c>\nSubject: x\n\n>From here\n>>From there\n";

    [Fact]
    public void A_mail_by_itself_is_one() => Assert.Equal([Mail], Split(Mail));

    [Fact]
    public void Quotes_of_mboxrd_are_taken_away_and_those_of_others_stay()
    {
        Assert.Equal(["From: a <a@b.c>\nSubject: x\n\nFrom here\n>From there\n\n", Mail], Split($"From mboxrd@z Thu Jan  1 00:00:00 1970\n{Mail}\nFrom git@z Thu Jan  1 00:00:00 1970\n{Mail}"));
    }

    [Theory]
    [InlineData("From me to you at 10:00 in 1995\n")]
    [InlineData("From git@z Thu Jan  1 00:00:00 1970\nno header here\n")]
    public void What_only_looks_like_a_separator_stays(string line) => Assert.Equal([$"Subject: x\n\n\n{line}"], Split($"Subject: x\n\n\n{line}"));

    private static IEnumerable<string> Split(string text) => MailContainer.Split(Encoding.Latin1.GetBytes(text)).Select(Encoding.Latin1.GetString);
}
