using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Review.Bot.Configuration;

namespace Review.Bot.Sending;

/// <summary>
/// Posts checks to a patchwork (REST, version 1.2 and later). Before one is posted the server is asked whether it has it, so that a repetition posts nothing.
/// </summary>
public sealed class PatchworkSender : IMailSender, IDisposable
{
    private const int MaximumBytes = 4 << 20;

    private readonly PatchworkConfig config;
    private readonly HttpClient client;

    /// <param name="config">The server.</param>
    /// <param name="token">Its token.</param>
    public PatchworkSender(PatchworkConfig config, string token)
    {
        ArgumentNullException.ThrowIfNull(config);
        this.config = config;

        // The token goes to this server only, never to where it may point.
        client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = config.Url, Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = MaximumBytes };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Token", token);
    }

    public string Name => "patchwork";

    public HandOver Hand(OutgoingMessage message, Func<bool> begin, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(begin);
        var hasBegun = false;
        try
        {
            if (FindPatch(message) is not { } patch)
            {
                return new HandOver(HandOverResult.Later, $"patchwork does not know <{message.Answers}> yet");
            }

            if (HasCheck(patch, message))
            {
                return HandOver.Done;
            }

            if (!begin())
            {
                return HandOver.NotBegun;
            }

            hasBegun = true;
            using var content = new ByteArrayContent(message.Bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var request = new HttpRequestMessage(HttpMethod.Post, ChecksOf(patch)) { Content = content };
            using var response = client.Send(request, cancellation);
            return response.StatusCode switch
            {
                HttpStatusCode.Created => HandOver.Done,
                HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => new HandOver(HandOverResult.Later, Words(response)),
                _ => new HandOver(HandOverResult.Refused, Words(response)),
            };
        }
        catch (Exception trouble) when (trouble is HttpRequestException or JsonException or TaskCanceledException)
        {
            // What is not known is found out by asking again: see HasArrived.
            return new HandOver(hasBegun ? HandOverResult.Unknown : HandOverResult.Later, $"{config.Url.Host}: {trouble.Message.TrimEnd('.')}");
        }
    }

    public bool? HasArrived(OutgoingMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            return FindPatch(message) is { } patch && HasCheck(patch, message);
        }
        catch (Exception trouble) when (trouble is HttpRequestException or JsonException or TaskCanceledException)
        {
            return null;
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>The body of a check.</summary>
    /// <param name="state"><c>success</c>, <c>warning</c> or <c>fail</c>.</param>
    /// <param name="context">The name of the check.</param>
    /// <param name="description">One line.</param>
    public static byte[] Check(string state, string context, string description) =>
        Encoding.UTF8.GetBytes(new JsonObject { ["state"] = state, ["context"] = context, ["description"] = description }.ToJsonString());

    private long? FindPatch(OutgoingMessage message)
    {
        using var found = Get($"patches/?project={Uri.EscapeDataString(config.Project)}&msgid={Uri.EscapeDataString(message.Answers)}");
        return found.RootElement.ValueKind == JsonValueKind.Array && found.RootElement.GetArrayLength() > 0 && found.RootElement[0].TryGetProperty("id", out var id) ? id.GetInt64() : null;
    }

    /// <summary>True if the newest check of our name says the same already.</summary>
    private bool HasCheck(long patch, OutgoingMessage message)
    {
        using var wanted = JsonDocument.Parse(message.Bytes);
        using var found = Get(ChecksOf(patch));
        return found.RootElement.ValueKind == JsonValueKind.Array
            && found.RootElement.EnumerateArray().LastOrDefault(check => Text(check, "context") == Text(wanted.RootElement, "context")) is { ValueKind: JsonValueKind.Object } newest
            && Text(newest, "state") == Text(wanted.RootElement, "state") && Text(newest, "description") == Text(wanted.RootElement, "description");
    }

    private JsonDocument Get(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var response = client.Send(request);
        using var body = response.EnsureSuccessStatusCode().Content.ReadAsStream();
        return JsonDocument.Parse(body);
    }

    private static string ChecksOf(long patch) => string.Create(CultureInfo.InvariantCulture, $"patches/{patch}/checks/");

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Words(HttpResponseMessage response) => string.Create(CultureInfo.InvariantCulture, $"patchwork answered {(int)response.StatusCode} {response.ReasonPhrase}");
}
