package dev.appclients.cognito.controller.workarounds;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Keeps the first events of a watch. Vert.x drops each message of a web socket that arrives before its receiver is set. Fabric8 sets
 * the receiver on the thread that requested the connection. If this thread waits for a processor meanwhile, the watch loses the
 * events that it was opened for, and an informer does not learn of these changes until its next list. On a busy machine this
 * happened to one watch in a thousand. Fabric8 7.6.1 and its main branch (VertxHttpClient, November 2026), Vert.x 4.5.
 */
public final class EarlyEvents {

    private EarlyEvents() {}

    /** A view of Vert.x. Its HTTP clients keep the messages of a web socket until the receiver of {@link Future#onSuccess} has run. */
    public static Vertx kept(Vertx vertx) {
        return view(Vertx.class, (view, method, arguments) -> {
            Object result = invoke(vertx, method, arguments);
            return result instanceof HttpClient client ? kept(client) : result;
        });
    }

    private static HttpClient kept(HttpClient client) {
        return view(
                HttpClient.class,
                (view, method, arguments) -> method.getName().equals("webSocket")
                                && arguments.length == 1
                                && arguments[0] instanceof WebSocketConnectOptions options
                        ? connect(client, options)
                        : invoke(client, method, arguments));
    }

    @SuppressWarnings("deprecation") // Fabric8 uses it
    private static Future<?> connect(HttpClient client, WebSocketConnectOptions options) {
        Promise<WebSocket> connected = Promise.promise();
        // Vert.x delivers the messages on the thread of this handler, so it delivers none before.
        client.webSocket(options, result -> {
            if (result.succeeded()) {
                result.result().pause();
            }
            connected.handle(result);
        });
        return view(Future.class, (view, method, arguments) -> {
            switch (method.getName()) {
                case "onSuccess" -> receive(connected.future(), arguments[0]);
                case "onFailure" -> invoke(connected.future(), method, arguments);
                // Any other receiver would wait for messages forever.
                default -> throw new UnsupportedOperationException("Fabric8 uses a web socket by " + method);
            }
            return view;
        });
    }

    private static void receive(Future<WebSocket> connected, Object receiver) {
        @SuppressWarnings("unchecked") // the type of onSuccess
        Handler<WebSocket> handler = (Handler<WebSocket>) receiver;
        connected.onSuccess(socket -> {
            handler.handle(socket);
            socket.resume();
        });
    }

    private static <T> T view(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
        }
    }
}
