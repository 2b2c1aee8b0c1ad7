using System.Net.Http.Headers;
using System.Text;
using TuneLab.Scheduling.Settings;
using TuneLab.Storage.Work;

namespace TuneLab.Scheduling.Alerts;

/// <summary>Posts an alert's JSON to a URL. The id stands in the header <c>Idempotency-Key</c> too. Any answer of the 200s is a delivery; redirections are not followed, since a redirected post may become something else.</summary>
/// <param name="time">The clock, for the timeout.</param>
public sealed class WebhookCarrier(TimeProvider time) : IAlertCarrier, IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <inheritdoc/>
    public AlertCarrier Kind => AlertCarrier.Webhook;

    /// <inheritdoc/>
    public async Task<AlertAttempt> SendAsync(AlertChannel channel, Alert alert, int attempt, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(channel.Target, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return new(false, "its target is no address that begins with http:// or https://");
        }

        using var limit = new CancellationTokenSource(channel.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(alert.Body, Encoding.UTF8, "application/json") };
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("tunelab", null));
        request.Headers.Add("Idempotency-Key", alert.Id);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            var status = string.Create(CultureInfo.InvariantCulture, $"HTTP {(int)response.StatusCode} {response.ReasonPhrase}").TrimEnd();
            return new(response.IsSuccessStatusCode, status, Asked(response.Headers.RetryAfter));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(false, string.Create(CultureInfo.InvariantCulture, $"no answer within {channel.Timeout.TotalSeconds:0.###} s"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return new(false, e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private TimeSpan? Asked(RetryConditionHeaderValue? after) => after?.Delta ?? (after?.Date is { } date && date > time.GetUtcNow() ? date - time.GetUtcNow() : null);
}
