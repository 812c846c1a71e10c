using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Review.Bot.Sending;

/// <summary>Gives mails to the program <c>sendmail</c>, which reads its receivers in the mail (<c>-t</c>). From the first byte on it may keep the mail, whatever becomes of the bot.</summary>
/// <param name="program">The program.</param>
/// <param name="from">The envelope's sender.</param>
public sealed class SendmailSender(string program, string from) : IMailSender
{
    /// <summary>EX_TEMPFAIL of sysexits.h(3head).</summary>
    private const int Passing = 75;

    private const int Patience = 120_000;

    public string Name => "sendmail";

    public HandOver Hand(OutgoingMessage message, Func<bool> begin, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(begin);
        if (!File.Exists(program))
        {
            return new HandOver(HandOverResult.Later, $"there is no {program}");
        }

        if (!begin())
        {
            return HandOver.NotBegun;
        }

        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, ["-t", "-i", "-f", from]) { RedirectStandardInput = true, RedirectStandardError = true, UseShellExecute = false })!;
            var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            try
            {
                process.StandardInput.BaseStream.Write(message.Bytes);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It did not want to read; its status says why.
            }

            if (!process.WaitForExit(Patience))
            {
                process.Kill();
                return new HandOver(HandOverResult.Unknown, $"{program} does not end");
            }

            var complaint = errors.GetAwaiter().GetResult().Split('\n')[0];
            return process.ExitCode switch
            {
                0 => HandOver.Done,
                Passing => new HandOver(HandOverResult.Later, $"{program}: {complaint}"),
                > 128 => new HandOver(HandOverResult.Unknown, $"{program} was killed"),
                var status => new HandOver(HandOverResult.Refused, string.Create(CultureInfo.InvariantCulture, $"{program} ended with {status}: {complaint}")),
            };
        }
        catch (Win32Exception trouble)
        {
            return new HandOver(HandOverResult.Later, $"{program}: {trouble.Message}");
        }
    }

    // Once it has the mail nobody can look into its queue.
    public bool? HasArrived(OutgoingMessage message) => null;
}
