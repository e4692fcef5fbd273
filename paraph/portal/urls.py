"""Pages reached by link, and the public integrity service."""

from django.urls import path

from . import (
    authority,
    ceremony,
    completed,
    entry,
    log,
    reading,
    receipts,
    unsubscribing,
    verifying,
)

urlpatterns = [
    path("s/<str:token>/", entry.landing, name="signing"),
    path("s/<str:token>/code/", entry.request_code, name="signing-code"),
    path("s/<str:token>/enter/", entry.enter_code, name="signing-enter"),
    path("s/<str:token>/decline/", entry.decline, name="signing-decline"),
    path("s/<str:token>/desk/", ceremony.desk, name="signing-desk"),
    path("s/<str:token>/alive/", ceremony.alive, name="signing-alive"),
    path("s/<str:token>/fields/<int:pk>/", ceremony.save, name="signing-field"),
    path("s/<str:token>/fields/<int:pk>/picture.png", reading.picture, name="signing-picture"),
    path("s/<str:token>/saved/<str:kind>.png", reading.saved, name="signing-saved"),
    path("s/<str:token>/pages/<int:document>/<int:page>/", reading.page, name="signing-page"),
    path("s/<str:token>/read/<int:document>.pdf", reading.file, name="signing-read"),
    path("s/<str:token>/text/<int:document>/", reading.words, name="signing-text"),
    path("s/<str:token>/finish/", ceremony.finish, name="signing-finish"),
    path("s/<str:token>/done/", entry.done, name="signing-done"),
    path("s/<str:token>/file/<int:document>.pdf", completed.own, name="signing-file"),
    path("logo/<int:pk>.png", completed.logo, name="logo"),
    path("f/<str:token>/", completed.offer, name="completed"),
    path("f/<str:token>/<int:document>.pdf", completed.download, name="completed-file"),
    path("u/<str:token>/", unsubscribing.leave, name="unsubscribe"),
    path("receipts/<str:provider>/<str:key>/", receipts.receive, name="receipts"),
    path("verify/", verifying.check, name="verify"),
    path("verify/known/<str:sha256>/", verifying.known, name="verify-known"),
    path("verify/<str:code>/", verifying.by_code, name="verify-code"),
    path("pki/issuing.cer", authority.issuing, name="pki-issuing"),
    path("pki/root.cer", authority.root, name="pki-root"),
    path("pki/root.crl", authority.root_list, name="pki-root-list"),
    path("log/", log.index, name="log"),
    path("log/<int:number>/checkpoint", log.checkpoint, name="log-checkpoint"),
    path("log/<int:number>/key", log.key, name="log-key"),
    path("log/<int:number>/tile/<path:place>", log.tile, name="log-tile"),
    path("authority/root.pem", verifying.root, name="authority-root"),
]
